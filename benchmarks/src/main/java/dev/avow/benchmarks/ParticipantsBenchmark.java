package dev.avow.benchmarks;

import dev.avow.benchmarks.engine.Coordinating;
import dev.avow.engine.Outcome;
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

/** What a transaction costs the coordinator against the number of its participants, which do nothing; without a disk. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class ParticipantsBenchmark {
    @Param({"1", "2", "10", "100", "1000"})
    public int participants;

    private Coordinating coordinating = new Coordinating(0);

    @Setup
    public void open() {
        coordinating.close();
        coordinating = new Coordinating(participants);
    }

    @Benchmark
    public Outcome transaction() {
        return coordinating.commitOne();
    }

    @TearDown
    public void close() {
        coordinating.close();
    }
}
