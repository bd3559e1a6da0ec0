package dev.avow.cli.demo;

import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Complaints;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A child process that placed an order until it was halted.
 *
 * @param pid its process id
 * @param seen what it saw happen until then
 */
record HaltedProcess(long pid, List<Sighting> seen) {
    private static final long PATIENCE_SECONDS = 60;

    HaltedProcess {
        seen = List.copyOf(seen);
    }

    /** Runs it to its halt. */
    static HaltedProcess run(DemoFolder folder, Order order, HaltPoint point) throws InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        java.toString(),
                        // It lives for a second: quick to start is all that counts.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        ClassPath.ofTheCommand(),
                        "dev.avow.cli.Main",
                        "halt-order",
                        "--dir=" + folder.path().toAbsolutePath(),
                        "--order=" + order.id(),
                        "--customer=" + order.customer(),
                        "--amount=" + order.amount(),
                        "--at=" + point.name()))
                .redirectErrorStream(true);
        try {
            return follow(builder.start());
        } catch (IOException failure) {
            throw Complaint.failed(
                    "the process that was to be killed couldn't be run with " + java + ": "
                            + Complaints.reason(failure),
                    failure);
        }
    }

    private static HaltedProcess follow(Process process) throws IOException, InterruptedException {
        // One that hangs is ended, and its output with it.
        var unused = process.onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(late -> {
                    return process.destroyForcibly();
                });
        List<Sighting> seen = new ArrayList<>();
        String complaint = "it said nothing";
        try (OutputStream word = process.getOutputStream();
                BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            word.write('\n');
            word.flush();
            for (Optional<String> line = next(output); line.isPresent(); line = next(output)) {
                Optional<Sighting> sighting = Sighting.parse(line.get());
                sighting.ifPresent(seen::add);
                complaint = sighting.isPresent() ? complaint : "it said: " + line.get();
            }
        }
        int exitCode = process.waitFor();
        if (exitCode != HaltedOrder.HALTED) {
            throw Complaint.failed(
                    "the process that was to be killed ended by itself with exit code " + exitCode + "; " + complaint);
        }
        return new HaltedProcess(process.pid(), seen);
    }

    private static Optional<String> next(BufferedReader output) throws IOException {
        return Optional.ofNullable(output.readLine());
    }
}
