package dev.avow.cli.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagramFileTest {

    private final Path folder;

    DiagramFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void the_ending_chooses_the_format() throws IOException {
        for (String name : List.of("run.svg", "run.SVG")) {
            DiagramFile.write(folder.resolve(name), Runs.commit());
            assertEquals(SvgDiagram.render(Runs.commit()), Files.readString(folder.resolve(name)));
        }
        for (String name : List.of("run.html", "run.htm", "run.HTML")) {
            DiagramFile.write(folder.resolve(name), Runs.page());
            assertEquals(HtmlDiagram.render(Runs.page()), Files.readString(folder.resolve(name)));
        }
    }

    @Test
    void an_unknown_ending_is_refused_before_anything_is_written() throws IOException {
        for (String name : List.of("run.png", "run", "svg")) {
            Path file = folder.resolve(name);
            assertEquals(
                    "can't tell the format of the diagram " + file + ": let its name end with .svg, .html or .htm",
                    assertThrows(IllegalArgumentException.class, () -> DiagramFile.write(file, Runs.commit()))
                            .getMessage());
        }
        assertEquals(List.of(), names());
    }

    @Test
    void an_svg_holds_one_diagram() throws IOException {
        Path file = folder.resolve("runs.svg");

        assertEquals(
                "an .svg file holds one diagram, and the page \"Four runs of two-phase commit\" has 4: let the name of "
                        + file + " end with .html",
                assertThrows(IllegalArgumentException.class, () -> DiagramFile.write(file, Runs.page()))
                        .getMessage());
        assertEquals(List.of(), names());
    }

    @Test
    void a_missing_folder_is_named_and_not_made() {
        Path missing = folder.resolve("missing");
        Path file = missing.resolve("run.svg");

        assertEquals(
                "can't write " + file + ": the folder " + missing + " doesn't exist; create it first",
                assertThrows(IOException.class, () -> DiagramFile.write(file, Runs.commit()))
                        .getMessage());
        assertFalse(Files.exists(missing));
    }

    @Test
    void a_folder_in_the_file_s_place_is_refused() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("run.svg"));

        assertEquals(
                "can't write " + taken + ": it is a folder; name a file in it",
                assertThrows(IOException.class, () -> DiagramFile.write(taken, Runs.commit()))
                        .getMessage());
    }

    @Test
    void a_file_is_replaced_whole_and_nothing_else_is_left() throws IOException {
        Path file = Files.writeString(folder.resolve("run.svg"), "old");

        DiagramFile.write(file, Runs.commit());

        assertEquals(SvgDiagram.render(Runs.commit()), Files.readString(file));
        assertEquals(List.of("run.svg"), names());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
