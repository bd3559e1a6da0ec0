package dev.avow.benchmarks;

import dev.avow.benchmarks.disk.LeaderAndFollowers;
import dev.avow.benchmarks.services.Committing;
import dev.avow.benchmarks.services.Latencies;
import dev.avow.benchmarks.services.Streams;
import dev.avow.benchmarks.services.UnaryCalls;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Transactions of two participants in processes of their own, over loopback connections, as many in flight as there are
 * threads; the decision is on the disk before a participant hears of it. The limits are gRPC alone with the same messages to
 * the same processes, two round trips to each.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ServicesBenchmark {
    @Benchmark
    public void transaction(Committing committing, Latencies.Told latencies) throws Exception {
        latencies.measure(committing::commitOne);
    }

    /** By a call for each order. */
    @Benchmark
    public void limitUnary(UnaryCalls calls, Latencies.Told latencies) throws Exception {
        latencies.measure(() -> calls.both(() -> {}));
    }

    /** By a message for each order on one stream to each service. */
    @Benchmark
    public void limitStream(Streams streams, Latencies.Told latencies) throws Exception {
        latencies.measure(() -> streams.both(() -> {}));
    }

    /** The same with an ideal group commit between the phases: no coordinator can do without. */
    @Benchmark
    public void limitStreamAndForce(Streams streams, LeaderAndFollowers log, Latencies.Told latencies)
            throws Exception {
        latencies.measure(() -> streams.both(log::append));
    }
}
