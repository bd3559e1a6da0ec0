package dev.avow.cli.diagram;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/** Writes diagrams to files, in the format that the file's name ends with: {@code .svg}, {@code .html} or {@code .htm}. */
public final class DiagramFile {

    private DiagramFile() {}

    /**
     * Writes {@code diagram} to {@code file}, replacing what was there. A reader of the file sees the old content or the
     * new, never a part; after an error the old content is still there.
     *
     * @throws IllegalArgumentException if the file's name ends otherwise
     * @throws IOException if the folder doesn't exist or the file can't be written
     */
    public static void write(Path file, Diagram diagram) throws IOException {
        write(file, DiagramPage.of(diagram));
    }

    /**
     * Writes {@code page} to {@code file}, as {@link #write(Path, Diagram)} does.
     *
     * @throws IllegalArgumentException if the file's name ends otherwise, or ends with {@code .svg} and the page has
     *     several diagrams
     * @throws IOException if the folder doesn't exist or the file can't be written
     */
    public static void write(Path file, DiagramPage page) throws IOException {
        String content = render(file, page);
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("can't write " + file + ": the folder " + folder + " doesn't exist; create it first");
        }
        if (Files.isDirectory(target)) {
            throw new IOException("can't write " + file + ": it is a folder; name a file in it");
        }
        // In the same folder, so that the move stays in one file system; not by createTempFile, which would leave a
        // diagram that only its writer may read.
        Path temporary = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.writeString(temporary, content, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String render(Path file, DiagramPage page) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".html") || name.endsWith(".htm")) {
            return HtmlDiagram.render(page);
        }
        if (!name.endsWith(".svg")) {
            throw new IllegalArgumentException(
                    "can't tell the format of the diagram " + file + ": let its name end with .svg, .html or .htm");
        }
        int count = page.diagrams().size();
        if (count > 1) {
            throw new IllegalArgumentException("an .svg file holds one diagram, and the page \"" + page.title()
                    + "\" has " + count + ": let the name of " + file + " end with .html");
        }
        return SvgDiagram.render(page.diagrams().get(0));
    }
}
