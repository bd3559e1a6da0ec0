package dev.avow.cli.demo.services;

import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Complaints;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A child process that can be killed, paused and started again. To be started, killed and paused by one thread; anybody may
 * say something to it.
 */
final class Child {
    private static final long PATIENCE_SECONDS = 60;

    private final String name;
    private final List<String> command;
    private final Path errors;
    private final Consumer<String> ear;
    private final Consumer<Complaint> died;
    private Optional<Running> running = Optional.empty();

    /**
     * A process that isn't started yet.
     *
     * @param command what to run
     * @param errors where what it says on its standard error is added
     * @param ear hears each line that it says, except that it is ready
     * @param died hears if it ends without having been killed
     */
    Child(String name, List<String> command, Path errors, Consumer<String> ear, Consumer<Complaint> died) {
        this.name = name;
        this.command = List.copyOf(command);
        this.errors = errors;
        this.ear = ear;
        this.died = died;
    }

    /** One life of it. */
    private final class Running {
        final Process process;
        final CompletableFuture<Void> ready = new CompletableFuture<>();
        final Thread reader;
        /** Whether its end is wanted. */
        volatile boolean doomed;

        Running(Process process) {
            this.process = process;
            this.reader = new Thread(this::read, "avow-demo-" + name);
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (Optional<String> line = next(lines); line.isPresent(); line = next(lines)) {
                    if (line.get().equals(Lines.READY)) {
                        boolean unused = ready.complete(null);
                    } else {
                        ear.accept(line.get());
                    }
                }
            } catch (IOException broken) {
                // As good as its end.
            }
            Complaint ended = Complaint.failed("the " + name + " ended by itself: " + errors + " has what it said");
            boolean unused = ready.completeExceptionally(ended);
            if (!doomed) {
                died.accept(ended);
            }
        }
    }

    private static Optional<String> next(BufferedReader lines) throws IOException {
        return Optional.ofNullable(lines.readLine());
    }

    /** Without waiting until it is ready. */
    void start() {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                    .start();
            setRunning(Optional.of(new Running(process)));
        } catch (IOException failure) {
            throw Complaint.failed(
                    "the " + name + " couldn't be started with " + command.get(0) + ": " + Complaints.reason(failure),
                    failure);
        }
    }

    void awaitReady() throws InterruptedException {
        try {
            running().ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw Complaint.failed("the " + name + " doesn't start: " + errors + " has what it said", failure);
        } catch (TimeoutException late) {
            throw Complaint.failed(
                    "the " + name + " isn't ready after " + PATIENCE_SECONDS + " s: " + errors + " has what it said",
                    late);
        }
    }

    long pid() {
        return running().process.pid();
    }

    /** SIGKILL. When this returns, it is dead, and all that it has said was heard. */
    void kill() throws InterruptedException {
        Running killed = running();
        killed.doomed = true;
        killed.process.destroyForcibly();
        if (!killed.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw Complaint.failed("the " + name + ", process " + pid() + ", survived SIGKILL");
        }
        killed.reader.join();
        setRunning(Optional.empty());
    }

    /** SIGKILL, which also ends one that is paused; waits for nothing. */
    void doom() {
        current().ifPresent(alive -> {
            alive.doomed = true;
            alive.process.destroyForcibly();
        });
    }

    boolean isRunning() {
        return current().isPresent();
    }

    /** SIGSTOP: it does nothing any more, and its connections stay. */
    void pause() throws InterruptedException {
        signal("-STOP");
    }

    void resume() throws InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws InterruptedException {
        List<String> kill = new ArrayList<>(List.of("kill", signal, Long.toString(pid())));
        try {
            int code = new ProcessBuilder(kill).start().waitFor();
            if (code != 0) {
                throw Complaint.failed(String.join(" ", kill) + " ended with " + code);
            }
        } catch (IOException failure) {
            throw Complaint.failed(
                    "processes can't be paused here: " + String.join(" ", kill) + ": " + Complaints.reason(failure),
                    failure);
        }
    }

    /** One that is dead doesn't hear it: whoever starts it again has to say it again. */
    void say(String line) {
        Optional<Running> hearing = current();
        if (hearing.isEmpty()) {
            return;
        }
        try {
            Writer words = hearing.get().process.outputWriter(StandardCharsets.UTF_8);
            synchronized (words) {
                words.write(line + "\n");
                words.flush();
            }
        } catch (IOException dead) {
            // As above.
        }
    }

    private Running running() {
        return current().orElseThrow(() -> new IllegalStateException("the " + name + " isn't running"));
    }

    private synchronized Optional<Running> current() {
        return running;
    }

    private synchronized void setRunning(Optional<Running> now) {
        running = now;
    }
}
