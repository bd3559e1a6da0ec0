package dev.avow.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where the build's modules lie. */
final class Modules {
    private Modules() {}

    /** The directory of the parent pom. Maven and IDEs run a module's tests in the module's directory. */
    static Path root() {
        Path root = Path.of("..").toAbsolutePath().normalize();
        if (!Files.isDirectory(root.resolve("model-tests"))) {
            throw new IllegalStateException(root + " has no model-tests: run this test in the model-tests directory");
        }
        return root;
    }

    /** Every module under {@code src}, and those that test them all: the modules that are built when these tests run. */
    static List<String> under(Path root) {
        List<String> modules = new ArrayList<>(inSrc(root));
        modules.addAll(List.of(
                "model-tests/threads",
                "model-tests/servers",
                "model-tests/survival",
                "model-tests/resources",
                "model-tests/services",
                "model-tests/clients",
                "benchmarks",
                "model-tests"));
        return modules;
    }

    /** The modules that are published, as directories relative to the root. */
    static List<String> inSrc(Path root) {
        try (Stream<Path> directories = Files.list(root.resolve("src"))) {
            return directories
                    .filter(directory -> Files.exists(directory.resolve("pom.xml")))
                    .map(directory -> "src/" + directory.getFileName())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
