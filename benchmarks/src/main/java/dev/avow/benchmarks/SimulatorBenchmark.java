package dev.avow.benchmarks;

import dev.avow.simulator.Result;
import dev.avow.simulator.Settings;
import dev.avow.simulator.Simulation;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Simulated worlds of faulty transactions, as the build runs them: worlds, and the transactions in them, a minute. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MINUTES)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Thread)
public class SimulatorBenchmark {
    private long seed;

    /** What the worlds held. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Held {
        public long transactions;
    }

    @Benchmark
    public Result world(Held held) {
        Result result = Simulation.run(Settings.usual(), seed++);
        if (result.violation().isPresent()) {
            throw new IllegalStateException("a rule is broken, so this is no time to measure: " + result.command());
        }
        held.transactions += result.transactions();
        return result;
    }
}
