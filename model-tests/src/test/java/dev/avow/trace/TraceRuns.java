package dev.avow.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes traces: runs a {@link TracedShop} on a folder, again and again, and kills it in between. */
public final class TraceRuns {
    private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final long LOOK_MILLIS = 10;

    private final Path folder;
    private final Path file;
    private int runs;

    public TraceRuns(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("trace.txt");
    }

    /** Runs until the trace has grown by this many bytes, then kills the process (SIGKILL). */
    void killedAfter(long bytes) throws IOException, InterruptedException {
        long enough = size() + bytes;
        Process shop = start(Integer.MAX_VALUE);
        try {
            long deadline = System.nanoTime() + DEADLINE_NANOS;
            while (size() < enough && !shop.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                requireBefore(deadline);
            }
            if (!shop.isAlive()) {
                throw new IllegalStateException("it ended before it was killed: " + output());
            }
        } finally {
            shop.destroyForcibly();
            shop.waitFor();
        }
    }

    /** Runs this many transactions and closes. */
    public void whole(int transactions) throws IOException, InterruptedException {
        Process shop = start(transactions);
        try {
            if (!shop.waitFor(DEADLINE_NANOS, TimeUnit.NANOSECONDS) || shop.exitValue() != 0) {
                throw new IllegalStateException("the run failed: " + output());
            }
        } finally {
            shop.destroyForcibly();
        }
    }

    /** All that was seen in all runs. */
    public List<TraceEvent> events() throws IOException {
        return TraceFile.read(file);
    }

    private Process start(int transactions) throws IOException {
        runs++;
        return new ProcessBuilder(TracedShop.command(folder, transactions, runs))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
    }

    private long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private void requireBefore(long deadlineNanos) throws IOException {
        if (System.nanoTime() > deadlineNanos) {
            throw new IllegalStateException("the trace doesn't grow: " + output());
        }
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output.txt"));
    }
}
