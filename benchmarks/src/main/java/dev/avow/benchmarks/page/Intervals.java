package dev.avow.benchmarks.page;

import dev.avow.benchmarks.compare.Ratio;
import dev.avow.benchmarks.result.Measured;
import dev.avow.benchmarks.result.Samples;
import dev.avow.benchmarks.text.Numbers;
import java.util.List;
import org.openjdk.jmh.util.ListStatistics;

/** What is not known of a number. */
final class Intervals {
    private static final double CONFIDENCE = 0.99;

    private Intervals() {}

    /** Student's, as JMH computes it, over rounds. */
    static String of(Samples samples) {
        List<Double> numbers = samples.independent();
        return numbers.size() < 2
                ? ""
                : Numbers.of(new ListStatistics(numbers.stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray())
                        .getMeanErrorAt(CONFIDENCE));
    }

    static String ofRatio(Measured measured, Measured limit) {
        Ratio ratio = Ratio.of(measured, limit);
        String interval =
                ratio.isKnown() ? " (" + Numbers.ratio(ratio.low()) + " to " + Numbers.ratio(ratio.high()) + ")" : "";
        return Numbers.ratio(ratio.value()) + interval;
    }
}
