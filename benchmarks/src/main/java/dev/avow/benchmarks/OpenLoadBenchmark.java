package dev.avow.benchmarks;

import dev.avow.benchmarks.load.Latency;
import dev.avow.benchmarks.load.OpenLoad;
import dev.avow.benchmarks.manager.Managed;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Latency at a rate that doesn't depend on the manager: one measurement is one load of {@link #SECONDS} seconds over
 * {@link #THREADS} threads, after {@link OpenLoad#WARMUP_SECONDS} of warm-up. What counts are its secondary results; the time that it takes is the load's own.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1, time = 1, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
@State(Scope.Benchmark)
public class OpenLoadBenchmark {
    public static final int THREADS = 32;
    public static final int SECONDS = 5;

    /** Transactions a second. */
    @Param({"1000"})
    public int rate;

    @Benchmark
    public void load(Managed managed, Latency latency) throws Exception {
        latency.measure(managed, THREADS, rate, SECONDS);
    }
}
