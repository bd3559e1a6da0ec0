package dev.avow.benchmarks;

import dev.avow.benchmarks.disk.LeaderAndFollowers;
import dev.avow.benchmarks.disk.OneForce;
import dev.avow.benchmarks.disk.WriterThread;
import dev.avow.benchmarks.manager.Caller;
import dev.avow.benchmarks.manager.Managed;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Transactions over two resources that do nothing, through the manager's Jakarta Transactions API, each with a decision
 * that is on the disk before any resource hears of it. The limits are what the disk allows: one force for each transaction,
 * and one for as many as wait.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class DurableBenchmark {
    @Benchmark
    public void transaction(Managed managed, Caller caller) throws Exception {
        caller.commitOne();
    }

    /** At one thread only: each has a file of its own. */
    @Benchmark
    public void limitOneForce(OneForce disk) throws IOException {
        disk.append();
    }

    @Benchmark
    public void limitLeaderAndFollowers(LeaderAndFollowers group) throws IOException {
        group.append();
    }

    @Benchmark
    public void limitWriterThread(WriterThread group) {
        group.append();
    }
}
