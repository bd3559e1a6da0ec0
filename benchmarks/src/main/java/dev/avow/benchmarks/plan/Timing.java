package dev.avow.benchmarks.plan;

import java.time.Duration;
import java.util.List;

/**
 * How long one process warms up and measures.
 *
 * @param annotated the benchmark's own annotations say how long; the other numbers only help to foretell the end
 */
public record Timing(
        boolean annotated, int warmups, Duration warmup, int iterations, Duration iteration, Duration deadline) {
    /** A JVM's start, twice: JMH forks another one. */
    private static final Duration START = Duration.ofMillis(1300);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    public static Timing millis(int warmups, long warmupMillis, int iterations, long iterationMillis) {
        Timing timing = new Timing(
                false,
                warmups,
                Duration.ofMillis(warmupMillis),
                iterations,
                Duration.ofMillis(iterationMillis),
                Duration.ZERO);
        return timing.within(timing.expected().multipliedBy(2).plus(PATIENCE));
    }

    /** As the benchmark's annotations have it. */
    public static Timing annotated(Duration expected) {
        return new Timing(
                true, 0, Duration.ZERO, 1, expected, expected.multipliedBy(3).plus(PATIENCE));
    }

    private Timing within(Duration otherDeadline) {
        return new Timing(annotated, warmups, warmup, iterations, iteration, otherDeadline);
    }

    public Duration expected() {
        return START.plus(warmup.multipliedBy(warmups)).plus(iteration.multipliedBy(iterations));
    }

    List<String> arguments() {
        return annotated
                ? List.of()
                : List.of(
                        "-wi",
                        String.valueOf(warmups),
                        "-w",
                        warmup.toMillis() + "ms",
                        "-i",
                        String.valueOf(iterations),
                        "-r",
                        iteration.toMillis() + "ms");
    }
}
