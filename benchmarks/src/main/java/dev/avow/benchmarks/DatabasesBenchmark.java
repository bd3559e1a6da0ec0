package dev.avow.benchmarks;

import dev.avow.benchmarks.database.ByHand;
import dev.avow.benchmarks.database.Databases;
import dev.avow.benchmarks.database.ThroughAvow;
import dev.avow.benchmarks.disk.LeaderAndFollowers;
import dev.avow.engine.Outcome;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An update in each of two real databases. The limits are the same XA calls driven by hand: without a decision record, which
 * nobody could recover, and with one that is forced as cheaply as group commit can.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class DatabasesBenchmark {
    @Benchmark
    public Outcome transaction(Databases databases, ThroughAvow avow, ThroughAvow.Row row) throws Exception {
        return avow.commitOne(row);
    }

    @Benchmark
    public void limitByHand(Databases databases, ByHand byHand) throws Exception {
        byHand.commitOne(() -> {});
    }

    @Benchmark
    public void limitByHandAndForce(Databases databases, ByHand byHand, LeaderAndFollowers log) throws Exception {
        byHand.commitOne(log::append);
    }
}
