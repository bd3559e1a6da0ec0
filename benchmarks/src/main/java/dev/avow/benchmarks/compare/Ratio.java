package dev.avow.benchmarks.compare;

import dev.avow.benchmarks.compare.Estimate.Interval;
import dev.avow.benchmarks.result.Measured;
import java.util.Optional;

/**
 * A ratio of two measurements of one run with its 99 % interval, over the rounds in pairs; more than 1 is better than what
 * it is divided by.
 */
public record Ratio(double value, double low, double high) {
    public static Ratio of(Measured measured, Measured other) {
        return of(Share.of(measured, Optional.of(other)));
    }

    static Ratio of(Estimate estimate) {
        Interval interval = estimate.interval(Row.CONFIDENCE);
        return new Ratio(Math.exp(estimate.mean()), Math.exp(interval.low()), Math.exp(interval.high()));
    }

    /** The same of what is better the less it is. */
    Ratio inverted() {
        return new Ratio(1 / value, 1 / high, 1 / low);
    }

    public boolean isKnown() {
        return low > 0 && Double.isFinite(high);
    }
}
