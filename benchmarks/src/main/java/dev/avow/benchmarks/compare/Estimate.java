package dev.avow.benchmarks.compare;

import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What samples say about a mean, and how surely.
 *
 * <p>The mean is trimmed and its variance is from the winsorized samples: of five to nine samples the greatest and the
 * least are left out, of ten the two on each side, and so on; of fewer than five, none. So one round in which the disk was
 * three times slower moves nothing and doesn't hide everything else either. Without trimming these are Student's and
 * Welch's intervals. (K. K. Yuen, The two-sample trimmed t for unequal population variances, Biometrika 61, 1974.)
 *
 * @param variance of the mean, not of a sample
 * @param degrees of freedom; 0 if a single sample says nothing about the noise
 */
record Estimate(double mean, double variance, double degrees) {
    private static final int ONE_OF = 5;

    /** Both ends of an interval. */
    record Interval(double low, double high) {
        boolean isBelow(double value) {
            return high < value;
        }

        boolean isAbove(double value) {
            return low > value;
        }
    }

    static Estimate of(List<Double> samples) {
        double[] sorted =
                samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int trimmed = sorted.length / ONE_OF;
        int kept = sorted.length - 2 * trimmed;
        double sum = 0;
        for (int i = trimmed; i < trimmed + kept; i++) {
            sum += sorted[i];
        }
        double variance =
                kept > 1 ? (sorted.length - 1) * winsorizedVariance(sorted, trimmed) / ((double) kept * (kept - 1)) : 0;
        return new Estimate(sum / kept, variance, kept - 1);
    }

    private static double winsorizedVariance(double[] sorted, int trimmed) {
        double[] pulledIn = new double[sorted.length];
        double mean = 0;
        for (int i = 0; i < sorted.length; i++) {
            pulledIn[i] = sorted[Math.min(Math.max(i, trimmed), sorted.length - 1 - trimmed)];
            mean += pulledIn[i] / sorted.length;
        }
        double squares = 0;
        for (double each : pulledIn) {
            squares += (each - mean) * (each - mean);
        }
        return squares / (sorted.length - 1);
    }

    /** With Welch's degrees of freedom. */
    Estimate minus(Estimate other) {
        double both = variance + other.variance;
        if (degrees == 0 || other.degrees == 0) {
            return new Estimate(mean - other.mean, both, 0);
        }
        double joint = both == 0
                ? degrees + other.degrees
                : both * both / (variance * variance / degrees + other.variance * other.variance / other.degrees);
        return new Estimate(mean - other.mean, both, joint);
    }

    /** Where the mean is with that probability. */
    Interval interval(double confidence) {
        if (degrees == 0) {
            return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double reach = TDistribution.of(degrees).inverseSurvivalProbability((1 - confidence) / 2) * Math.sqrt(variance);
        return new Interval(mean - reach, mean + reach);
    }
}
