package dev.avow.benchmarks.page;

import dev.avow.benchmarks.result.Result;
import dev.avow.benchmarks.text.Numbers;
import java.util.Optional;
import java.util.function.Function;

/**
 * What Avow wants to reach, as a ratio within one run.
 *
 * @param what of what it is
 * @param bound in words
 * @param reading reads it off a result, if that was measured
 */
record Target(String what, String bound, Function<Result, Optional<Reading>> reading) {
    /** What was measured of a target, and whether that is enough. */
    record Reading(String value, boolean met) {
        static Reading atLeast(double bound, Value value) {
            return new Reading(value.words(), value.number() >= bound);
        }

        static Reading atMost(double bound, Value value) {
            return new Reading(value.words(), value.number() <= bound);
        }
    }

    /** A number, and how it is shown. */
    record Value(double number, String words) {
        static Value of(double number) {
            return new Value(number, Numbers.of(number));
        }

        static Value of(double number, String besides) {
            return new Value(number, Numbers.of(number) + " " + besides);
        }
    }

    /** A ratio or a number that has to be so great. */
    static Target atLeast(String what, double bound, Function<Result, Optional<Value>> value) {
        return new Target(
                what,
                "at least " + Numbers.of(bound),
                result -> value.apply(result).map(each -> Reading.atLeast(bound, each)));
    }

    /** A ratio or a number that may be so great. */
    static Target atMost(String what, double bound, String unit, Function<Result, Optional<Value>> value) {
        return new Target(
                what,
                "at most " + Numbers.of(bound) + unit,
                result -> value.apply(result).map(each -> Reading.atMost(bound, each)));
    }
}
