package dev.avow.cli.diagram;

import java.util.List;
import java.util.Objects;

/**
 * Several runs in one document. Immutable.
 *
 * @param title the document's title
 * @param intro what to look for; blank lines separate paragraphs; may be empty
 * @param diagrams the runs, in order, at least one
 */
public record DiagramPage(String title, String intro, List<Diagram> diagrams) {

    /**
     * Checks that there is something to show.
     *
     * @throws IllegalArgumentException if there is no diagram
     */
    public DiagramPage {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(intro, "intro");
        diagrams = List.copyOf(diagrams);
        if (diagrams.isEmpty()) {
            throw new IllegalArgumentException("the page \"" + title + "\" has no diagram: give it at least one");
        }
    }

    /** A page of {@code diagram} alone, under its title. */
    public static DiagramPage of(Diagram diagram) {
        return new DiagramPage(diagram.title(), "", List.of(diagram));
    }
}
