package dev.avow.benchmarks;

import dev.avow.benchmarks.manager.Caller;
import dev.avow.benchmarks.manager.Managed;
import dev.avow.benchmarks.memory.CheapestManager;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** The same transactions as in {@link DurableBenchmark}, by managers that write nothing: what their own work costs. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class VolatileBenchmark {
    @Benchmark
    public void transaction(Managed managed, Caller caller) throws Exception {
        caller.commitOne();
    }

    @Benchmark
    public long limitCheapest(CheapestManager cheapest) throws XAException {
        return cheapest.commitOne();
    }
}
