package dev.avow.benchmarks.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The folder of the benchmarks' module, where the peers are and below whose target everything is written.
 *
 * @param folder absolute
 */
public record Home(Path folder) {
    private static final Path MODULE = Path.of("benchmarks");
    private static final Path SOURCES = Path.of("src/main/java/dev/avow/benchmarks");

    /** Below the repository's root or in the module itself; elsewhere, the current folder. */
    public static Home find(Path current) {
        Path module = current.resolve(MODULE);
        return new Home((Files.isDirectory(module.resolve(SOURCES)) ? module : current).toAbsolutePath());
    }

    public Path results() {
        return folder.resolve("target").resolve("results");
    }

    Path classPathOf(String peer) {
        return folder.resolve("peers").resolve(peer).resolve("target").resolve("classpath");
    }

    /** Those of them that aren't built. */
    public Set<String> missing(Set<String> peers) {
        Set<String> missing = new TreeSet<>(peers);
        missing.removeIf(peer -> hasJars(classPathOf(peer)));
        return missing;
    }

    private static boolean hasJars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.anyMatch(each -> each.toString().endsWith(".jar"));
        } catch (IOException failure) {
            throw new UncheckedIOException(folder + " can't be read", failure);
        }
    }
}
