package dev.avow.benchmarks.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a benchmark writes: below target, which is on the disk that is to be measured, as the temporary folder may not be,
 * and where nobody minds what a benchmark that was stopped leaves behind.
 */
public final class Folders {
    private static final Path PARENT = Path.of("target");

    private Folders() {}

    public static Path create() {
        try {
            return Files.createTempDirectory(Files.createDirectories(PARENT), "avow-benchmark");
        } catch (IOException failure) {
            throw new UncheckedIOException("no folder to measure in below " + PARENT.toAbsolutePath(), failure);
        }
    }

    public static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> found = Files.walk(directory)) {
            deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
