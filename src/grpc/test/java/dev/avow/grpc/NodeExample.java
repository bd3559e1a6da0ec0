package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The participant in JavaScript, {@code src/grpc/example-node}, copied to where its packages may be installed. */
final class NodeExample {
    private static final Path SOURCES = Path.of("example-node").toAbsolutePath();
    private static final Path PLACE = Path.of("target", "example-node").toAbsolutePath();
    private static final Pattern NO_NETWORK =
            Pattern.compile("npm (error|ERR!) code (ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH"
                    + "|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED)");
    private static final int TOO_OLD = 3;

    /** Why it can't be run here; absent as long as nobody has looked. */
    private static Optional<Optional<String>> obstacle = Optional.empty();

    private NodeExample() {}

    /** Skips the test that asks, with the reason, where there is no Node, or no way to the packages. */
    static synchronized void assumeItRuns() throws IOException, InterruptedException {
        if (obstacle.isEmpty()) {
            obstacle = Optional.of(look());
        }
        assumeTrue(obstacle.get().isEmpty(), () -> obstacle.get().orElseThrow());
    }

    private static Optional<String> look() throws IOException, InterruptedException {
        String isNew = "process.exit(require('node:zlib').crc32 ? 0 : " + TOO_OLD + ")";
        try {
            if (run("node", "-e", isNew).code() == TOO_OLD) {
                return Optional.of("this Node is older than 20.15");
            }
            Ended unused = run("npm", "--version");
        } catch (IOException missing) {
            return Optional.of("there is no Node with npm here: " + missing.getMessage());
        }
        return install();
    }

    private static Optional<String> install() throws IOException, InterruptedException {
        Path lock = PLACE.resolve("package-lock.json");
        boolean isInstalled = Files.exists(PLACE.resolve("node_modules/.package-lock.json"))
                && Files.exists(lock)
                && Files.mismatch(lock, SOURCES.resolve("package-lock.json")) < 0;
        if (isInstalled) {
            return Optional.empty();
        }
        for (String file : List.of("package.json", "package-lock.json", ".npmrc")) {
            copy(SOURCES.resolve(file), PLACE.resolve(file));
        }
        Ended installed = run("npm", "ci", "--prefer-offline", "--fetch-retries=1", "--fetch-timeout=20000");
        if (installed.code() == 0) {
            return Optional.empty();
        }
        // Or the next run would take it for installed.
        Files.delete(lock);
        if (NO_NETWORK.matcher(installed.output()).find()) {
            return Optional.of("npm can't fetch the packages of " + SOURCES + ":\n" + installed.output());
        }
        throw new IllegalStateException("npm ci fails in " + PLACE + ":\n" + installed.output());
    }

    private static void copy(Path from, Path to) throws IOException {
        Path unused = Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    /** As it is. */
    static Path asItIs() throws IOException {
        return copied("right");
    }

    /** Broken: one that has something else in this place, which must be there once. */
    static Path broken(String file, String right, String wrong) throws IOException {
        Path copy = copied("broken");
        String text = Files.readString(copy.resolve(file));
        assertEquals(2, text.split(Pattern.quote(right), -1).length, () -> file + " has it once: " + right);
        Path unused = Files.writeString(copy.resolve(file), text.replace(right, wrong));
        return copy;
    }

    private static Path copied(String name) throws IOException {
        Path copy = Files.createDirectories(PLACE.resolve(name));
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private record Ended(int code, String output) {}

    private static Ended run(String... words) throws IOException, InterruptedException {
        Path output = Files.createDirectories(PLACE).resolve("output-of-" + words[0]);
        Process process = new ProcessBuilder(words)
                .directory(PLACE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", words) + " doesn't end: see " + output);
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }
}
