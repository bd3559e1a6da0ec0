package dev.avow.benchmarks.plan;

import dev.avow.benchmarks.manager.Managed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long one process warms up and measures.
 *
 * @param warmUpByFew how long few threads warm up a manager first
 * @param annotated the benchmark's own annotations say how long; the other numbers only help to foretell the end
 */
public record Timing(
        Duration warmUpByFew,
        boolean annotated,
        int warmups,
        Duration warmup,
        int iterations,
        Duration iteration,
        Duration deadline) {
    /** A JVM's start, twice: JMH forks another one. */
    private static final Duration START = Duration.ofMillis(1300);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    public static Timing millis(int warmups, long warmupMillis, int iterations, long iterationMillis) {
        Timing timing = new Timing(
                Duration.ZERO,
                false,
                warmups,
                Duration.ofMillis(warmupMillis),
                iterations,
                Duration.ofMillis(iterationMillis),
                Duration.ZERO);
        return timing.within(timing.expected().multipliedBy(2).plus(PATIENCE));
    }

    /** For a manager, which few threads warm up for so long before that. */
    public Timing afterWarmUpMillis(long millis) {
        Duration more = Duration.ofMillis(millis);
        return new Timing(more, annotated, warmups, warmup, iterations, iteration, deadline.plus(more.multipliedBy(2)));
    }

    /** As the benchmark's annotations have it. */
    public static Timing annotated(Duration expected) {
        return new Timing(
                Duration.ZERO,
                true,
                0,
                Duration.ZERO,
                1,
                expected,
                expected.multipliedBy(3).plus(PATIENCE));
    }

    private Timing within(Duration otherDeadline) {
        return new Timing(warmUpByFew, annotated, warmups, warmup, iterations, iteration, otherDeadline);
    }

    public Duration expected() {
        return START.plus(warmUpByFew).plus(warmup.multipliedBy(warmups)).plus(iteration.multipliedBy(iterations));
    }

    /** What the process is told. */
    String jvmArgument() {
        return "-D" + Managed.WARM_UP_MILLIS + "=" + warmUpByFew.toMillis();
    }

    /** What JMH is told. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (!annotated) {
            arguments.addAll(List.of("-wi", String.valueOf(warmups), "-w", warmup.toMillis() + "ms"));
            arguments.addAll(List.of("-i", String.valueOf(iterations), "-r", iteration.toMillis() + "ms"));
        }
        return arguments;
    }
}
