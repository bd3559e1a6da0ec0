package dev.avow.benchmarks;

import dev.avow.benchmarks.engine.Coordinating;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** What a transaction of two participants costs while so many others are at work; without a disk. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class ConcurrentBenchmark {
    @Param({"0", "1000", "100000"})
    public int atWork;

    private final Coordinating coordinating = new Coordinating(2);
    private final List<Transaction> others = new ArrayList<>();

    @Setup
    public void begin() {
        for (int number = 0; number < atWork; number++) {
            others.add(coordinating.begin());
        }
    }

    @Benchmark
    public Outcome transaction() {
        return coordinating.commitOne();
    }

    @TearDown
    public void close() {
        others.forEach(Transaction::close);
        coordinating.close();
    }
}
