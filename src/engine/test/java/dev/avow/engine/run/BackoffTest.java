package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class BackoffTest {

    private static Duration most(Backoff backoff, int failures) {
        return draws(backoff, failures).last();
    }

    private static NavigableSet<Duration> draws(Backoff backoff, int failures) {
        NavigableSet<Duration> draws = new TreeSet<>();
        for (int i = 0; i < 1_000; i++) {
            draws.add(backoff.after(failures));
        }
        return draws;
    }

    @Test
    void pauses_double_from_the_first_to_the_longest_and_lie_in_their_upper_half() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(1_000), new Random(1));
        long[] bounds = {100, 200, 400, 800, 1_000, 1_000};
        for (int failures = 1; failures <= bounds.length; failures++) {
            NavigableSet<Duration> draws = draws(backoff, failures);
            Duration bound = Duration.ofMillis(bounds[failures - 1]);
            assertTrue(draws.last().compareTo(bound) <= 0, draws.last() + " after " + failures);
            assertTrue(draws.last().compareTo(bound.multipliedBy(9).dividedBy(10)) > 0, draws.last() + " is short");
            assertTrue(draws.first().compareTo(bound.dividedBy(2)) >= 0, draws.first() + " after " + failures);
            assertTrue(draws.first().compareTo(bound.multipliedBy(6).dividedBy(10)) < 0, "no jitter");
        }
    }

    @Test
    void the_longest_of_all_pauses_overflows_nothing() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(Long.MAX_VALUE), new Random(1));
        for (int failures : Set.of(1, 37, 64, 1_000, Integer.MAX_VALUE)) {
            assertTrue(!most(backoff, failures).isNegative()
                    && !most(backoff, failures).isZero());
        }
        assertEquals(
                1,
                new Backoff(Duration.ofNanos(1), Duration.ofNanos(1), new Random(1))
                        .after(9)
                        .toNanos());
    }
}
