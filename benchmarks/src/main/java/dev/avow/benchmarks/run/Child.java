package dev.avow.benchmarks.run;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process with a deadline. It never outlives this one, nor do those that it has started. */
final class Child {
    private static final int LINES = 12;

    private final Process process;
    private final Path output;
    private final Thread atTheEnd = new Thread(this::kill, "kills what is measured");

    private Child(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Runs it to its end, or to the deadline; why it failed, if it did. */
    static Optional<String> run(List<String> command, Path folder, Path output, Duration deadline)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Child(process, output).await(deadline);
    }

    private Optional<String> await(Duration deadline) throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(atTheEnd);
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.of("it didn't end within " + deadline.toSeconds() + " s and was killed");
            }
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of("it ended with " + process.exitValue() + ":\n" + lastLines());
        } finally {
            kill();
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        }
    }

    private void kill() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private String lastLines() throws IOException {
        List<String> lines = new String(Files.readAllBytes(output), Charset.defaultCharset())
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.stream().skip(Math.max(0, lines.size() - LINES)).collect(Collectors.joining("\n    ", "    ", ""));
    }
}
