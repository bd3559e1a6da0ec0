package dev.avow.engine.run;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Pauses that double from the first to the longest, each drawn from its upper half so that retries don't march in step. */
public final class Backoff {
    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;

    /** The first pause is {@code first} at most, and none is longer than {@code most}. */
    public Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.random = random;
    }

    /** The pause after this many failures in a row, from 1. */
    public Duration after(int failures) {
        long mostNanos = TimeUnit.NANOSECONDS.convert(most);
        long bound = TimeUnit.NANOSECONDS.convert(first);
        for (int doubled = 1; doubled < failures && bound < mostNanos; doubled++) {
            bound = bound > mostNanos / 2 ? mostNanos : 2 * bound;
        }
        return Duration.ofNanos(bound - random.nextLong(bound / 2 + 1));
    }
}
