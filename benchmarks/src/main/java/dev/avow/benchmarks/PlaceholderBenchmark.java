package dev.avow.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;

/** A placeholder until there is something to measure: JMH's processor writes its list for one benchmark at least. */
public class PlaceholderBenchmark {
    @Benchmark
    public long nanoTime() {
        return System.nanoTime();
    }
}
