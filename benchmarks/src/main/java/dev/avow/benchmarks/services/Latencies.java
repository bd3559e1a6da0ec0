package dev.avow.benchmarks.services;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** How long each took, of all threads together. */
@State(Scope.Benchmark)
public class Latencies {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;
    private static final double P50 = 50;
    private static final double P99 = 99;

    private final Histogram all = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
    private long messagesBefore;

    /** What JMH is told besides the rate: by one thread for all, since it adds up what threads say. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Told {
        private Latencies latencies = new Latencies();
        private Services services = new Services();
        private boolean speaks;

        @Setup
        public void prepare(Latencies ofAll, Services both, ThreadParams thread) {
            latencies = ofAll;
            services = both;
            speaks = thread.getThreadIndex() == 0;
        }

        public void measure(Work work) throws Exception {
            long beganNanos = System.nanoTime();
            work.run();
            latencies.all.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - beganNanos));
        }

        public double p50Micros() {
            return speaks ? latencies.micros(P50) : 0;
        }

        public double p99Micros() {
            return speaks ? latencies.micros(P99) : 0;
        }

        /** In both directions, for each transaction. */
        public double messages() {
            return speaks
                    ? (double) (services.messages() - latencies.messagesBefore) / latencies.all.getTotalCount()
                    : 0;
        }
    }

    @Setup(Level.Iteration)
    public void begin(Services services) {
        all.reset();
        messagesBefore = services.messages();
    }

    private double micros(double percentile) {
        return all.getValueAtPercentile(percentile) / (double) TimeUnit.MICROSECONDS.toNanos(1);
    }
}
