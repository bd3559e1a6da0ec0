package dev.avow.benchmarks.compare;

import dev.avow.benchmarks.result.Benchmark;
import dev.avow.benchmarks.result.Measured;
import dev.avow.benchmarks.result.Samples;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Logarithms of what was measured, in which a ratio is a difference and noise that multiplies is even on both sides. */
final class Share {
    /** Less than any rate or time: only so that zero has a logarithm. */
    private static final double LEAST = 1e-12;

    private Share() {}

    /** How much of its limit it reaches, or how good it is where it has none: more is better, for times too. */
    static Estimate of(Measured measured, Optional<Measured> limit) {
        double sign = sign(measured.benchmark());
        List<Double> own = logarithms(measured.primary(), LEAST, sign);
        if (limit.isEmpty()) {
            return Estimate.of(own);
        }
        List<Double> bound = logarithms(limit.get().primary(), LEAST, sign);
        boolean inPairs = own.size() == bound.size()
                && !measured.primary().isSingleFork()
                && !limit.get().primary().isSingleFork();
        // What slowed the machine down for one round is in both of a pair, and so in neither's difference.
        return inPairs
                ? Estimate.of(IntStream.range(0, own.size())
                        .mapToObj(round -> own.get(round) - bound.get(round))
                        .toList())
                : Estimate.of(own).minus(Estimate.of(bound));
    }

    /** What was measured of a benchmark without a limit, in its own unit. */
    static double measured(Benchmark benchmark, Estimate estimate) {
        return Math.exp(sign(benchmark) * estimate.mean());
    }

    private static double sign(Benchmark benchmark) {
        return benchmark.higherIsBetter() ? 1 : -1;
    }

    /** Of a cost, more of which is worse; below the least that counts, all are equal. */
    static Estimate ofCost(Samples samples, double least) {
        return Estimate.of(logarithms(samples, least, -1));
    }

    private static List<Double> logarithms(Samples samples, double least, double sign) {
        return samples.independent().stream()
                .map(each -> sign * Math.log(Math.max(each, least)))
                .toList();
    }
}
