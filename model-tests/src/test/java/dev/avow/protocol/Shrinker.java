package dev.avow.protocol;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes a history short: leaves out stretches of its choices and lowers the others as long as the wanted defect stays
 * (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002).
 */
final class Shrinker {
    private static final Comparator<Run> SIMPLER = Comparator.<Run>comparingInt(
                    run -> run.transcript().size())
            .thenComparingInt(run -> run.choices().size())
            .thenComparingInt(
                    run -> run.choices().stream().mapToInt(Integer::intValue).sum());

    // As many alternatives of a band as a small world has.
    private static final int ALTERNATIVES = 8;

    private final Protocol protocol;
    private final Predicate<Run> isWanted;

    Shrinker(Protocol protocol, Predicate<Run> isWanted) {
        this.protocol = protocol;
        this.isWanted = isWanted;
    }

    Run shrunk(Run found) {
        Run best = found;
        Run before;
        do {
            before = best;
            for (int length = best.choices().size(); length >= 1; length /= 2) {
                for (int at = 0; at + length <= best.choices().size(); at++) {
                    best = simpler(best, Stream.of(without(best.choices(), at, length)));
                }
            }
            for (int at = 0; at < best.choices().size(); at++) {
                int place = at;
                List<Integer> choices = best.choices();
                best = simpler(best, alternatives().mapToObj(choice -> with(choices, place, choice)));
            }
        } while (SIMPLER.compare(best, before) < 0);
        return best;
    }

    private Run simpler(Run best, Stream<List<Integer>> candidates) {
        return candidates
                .map(choices -> Run.of(protocol, best.config(), choices))
                .filter(isWanted)
                .filter(run -> SIMPLER.compare(run, best) < 0)
                .min(SIMPLER)
                .orElse(best);
    }

    private static IntStream alternatives() {
        return IntStream.of(0, Moves.FIRST_FAULT, Moves.FIRST_TIMEOUT)
                .flatMap(first -> IntStream.range(first, Math.min(first + ALTERNATIVES, Moves.CHOICES)));
    }

    private static List<Integer> without(List<Integer> choices, int at, int length) {
        List<Integer> rest = new ArrayList<>(choices);
        rest.subList(at, at + length).clear();
        return rest;
    }

    private static List<Integer> with(List<Integer> choices, int at, int choice) {
        List<Integer> changed = new ArrayList<>(choices);
        changed.set(at, choice);
        return changed;
    }
}
