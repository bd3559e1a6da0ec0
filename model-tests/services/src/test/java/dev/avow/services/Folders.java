package dev.avow.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Folders under target, where a failure leaves what it was about. */
final class Folders {
    private Folders() {}

    /** This one, with nothing in it. */
    static Path empty(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        if (Files.exists(absolute)) {
            List<Path> old;
            try (Stream<Path> files = Files.walk(absolute)) {
                old = new ArrayList<>(files.toList());
            }
            Collections.reverse(old);
            for (Path file : old) {
                Files.delete(file);
            }
        }
        return Files.createDirectories(absolute);
    }
}
