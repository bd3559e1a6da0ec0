package dev.avow.benchmarks.run;

import com.sun.management.OperatingSystemMXBean;
import dev.avow.benchmarks.result.RunNote;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be read off the machine that measures. */
final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final String UNKNOWN = "unknown";

    private Machine() {}

    static RunNote note(Home home) throws IOException {
        return new RunNote(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                System.getProperty("os.name", UNKNOWN) + " " + System.getProperty("os.version", ""),
                processor(),
                Runtime.getRuntime().availableProcessors(),
                memory(),
                disk(home.folder()),
                System.getProperty("java.vm.name", UNKNOWN) + " " + System.getProperty("java.vm.version", ""),
                commit(home));
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseGet(() -> System.getProperty("os.arch", UNKNOWN));
        } catch (IOException noLinux) {
            return System.getProperty("os.arch", UNKNOWN);
        }
    }

    private static String memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? (system.getTotalMemorySize() >> 30) + " GiB"
                : "unknown memory";
    }

    private static String disk(Path folder) throws IOException {
        FileStore store = Files.getFileStore(folder);
        return store.type() + " on " + store.name();
    }

    /** Of the working tree, if it is one of git; with a mark if it has been changed since. */
    private static String commit(Home home) {
        return git(home, "rev-parse", "--short=12", "HEAD")
                .map(commit -> git(home, "status", "--porcelain", "--untracked-files=no")
                        .filter(String::isEmpty)
                        .map(clean -> commit)
                        .orElse(commit + " with changes"))
                .orElse("");
    }

    private static Optional<String> git(Home home, String... arguments) {
        List<String> command =
                Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        try {
            Process git = new ProcessBuilder(command)
                    .directory(home.folder().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException noGit) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
