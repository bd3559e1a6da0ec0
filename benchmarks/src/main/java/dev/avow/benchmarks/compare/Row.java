package dev.avow.benchmarks.compare;

import dev.avow.benchmarks.compare.Estimate.Interval;
import dev.avow.benchmarks.result.Benchmark;

/**
 * One number of one benchmark, in both results.
 *
 * @param what of what it is: the limit's name, the unit, or a cost such as bytes
 * @param cost whether more of it is worse
 * @param base in the base, as it is shown
 * @param now in the new one, as it is shown
 * @param change logarithm of how many times better the new one is
 * @param judged whether it can be a loss
 */
record Row(Benchmark benchmark, String what, boolean cost, double base, double now, Estimate change, boolean judged) {
    static final double CONFIDENCE = 0.99;

    /**
     * To fail a build, the noise has to be excluded more surely than to call something slower: a comparison has many rows,
     * and there are many comparisons. Of 10,000 rows of unchanged code two or three are beyond this by chance, and then they
     * would have to be beyond the loss, too: less than one is. SimulatedNoiseTest shows it, and what is still found.
     */
    private static final double CONFIDENCE_OF_LOSS = 0.9995;

    Verdict verdict() {
        Interval interval = change.interval(CONFIDENCE);
        if (interval.isBelow(0)) {
            return Verdict.WORSE;
        }
        return interval.isAbove(0) ? Verdict.BETTER : Verdict.UNCLEAR;
    }

    /**
     * Worse by more than that, and beyond the noise.
     *
     * @param loss as a part of 1: of a speed, what is missing; of a cost, what was added
     */
    boolean isLost(double loss) {
        double least = cost ? -Math.log1p(loss) : Math.log1p(-loss);
        return judged
                && change.mean() < least
                && change.interval(CONFIDENCE_OF_LOSS).isBelow(0);
    }

    /** As a factor of what is shown. */
    Ratio factor() {
        Ratio better = Ratio.of(change);
        return cost ? better.inverted() : better;
    }
}
