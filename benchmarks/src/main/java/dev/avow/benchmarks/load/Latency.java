package dev.avow.benchmarks.load;

import dev.avow.benchmarks.manager.Managed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What one run under an open load has shown, as JMH's secondary results. */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class Latency {
    private static final double P50 = 50;
    private static final double P99 = 99;
    private static final double P999 = 99.9;

    public double p50Micros;
    public double p99Micros;
    public double p999Micros;

    public void measure(Managed managed, int threads, int ratePerSecond, int seconds)
            throws InterruptedException, ExecutionException {
        OpenLoad load = new OpenLoad(managed.running(), threads, ratePerSecond, seconds);
        load.warmUp();
        Histogram latencies = load.run();
        p50Micros = micros(latencies, P50);
        p99Micros = micros(latencies, P99);
        p999Micros = micros(latencies, P999);
    }

    private static double micros(Histogram latencies, double percentile) {
        return latencies.getValueAtPercentile(percentile) / (double) TimeUnit.MICROSECONDS.toNanos(1);
    }
}
