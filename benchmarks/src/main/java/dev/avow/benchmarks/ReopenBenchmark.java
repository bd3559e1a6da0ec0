package dev.avow.benchmarks;

import dev.avow.benchmarks.disk.Folders;
import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogInspection;
import dev.avow.engine.TransactionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Opening a log with so many finished transactions behind it, and one that is stuck since the beginning. Its baseline is
 * the first of its parameters. What the log takes on disk is printed before the measurement.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 10)
@Fork(1)
@State(Scope.Benchmark)
public class ReopenBenchmark {
    private static final int WRITERS = 128;
    private static final long LONGEST_MINUTES = 60;

    @Param({"1", "1000", "100000", "10000000"})
    public int transactions;

    private final Path directory = Folders.create();
    private final AtomicLong begun = new AtomicLong();

    @Setup
    public void write() throws InterruptedException {
        try (DecisionLog log = DecisionLog.open(directory)) {
            log.appendCommit(record(log, 0));
            ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
            for (int writer = 0; writer < WRITERS; writer++) {
                writers.execute(() -> write(log));
            }
            writers.shutdown();
            if (!writers.awaitTermination(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the log wasn't written within " + LONGEST_MINUTES + " minutes");
            }
        }
        LogInspection found = LogInspection.of(directory);
        if (found.unfinished().size() != 1) {
            throw new IllegalStateException(found.unfinished().size() + " transactions are unfinished, not the one");
        }
        System.out.printf("%,d transactions behind it: %,d bytes%n", transactions, found.bytes());
    }

    private void write(DecisionLog log) {
        for (long sequence = begun.incrementAndGet(); sequence <= transactions; sequence = begun.incrementAndGet()) {
            CommitRecord record = record(log, sequence);
            log.appendCommit(record);
            log.appendEnd(record.id());
        }
    }

    private static CommitRecord record(DecisionLog log, long sequence) {
        TransactionId id = TransactionId.of(log.coordinator(), log.incarnation(), sequence);
        return new CommitRecord(id, "O" + sequence, List.of("orders", "payments"));
    }

    @Benchmark
    public int open() {
        try (DecisionLog log = DecisionLog.open(directory)) {
            return log.unfinished().size();
        }
    }

    @TearDown
    public void delete() throws IOException {
        Folders.delete(directory);
    }
}
