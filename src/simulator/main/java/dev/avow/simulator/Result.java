package dev.avow.simulator;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One simulated run.
 *
 * @param settings how its world was made
 * @param seed what it was drawn from
 * @param transactions how many were begun
 * @param committed of how many the caller heard that they are committed
 * @param events how many things happened
 * @param crashes how many processes crashed
 * @param virtualNanos how long it took in the world
 * @param hash over all that happened, in order: equal for equal runs
 * @param sights how often each rare event happened
 * @param violation the rule that was broken, if any was
 */
public record Result(
        Settings settings,
        long seed,
        int transactions,
        int committed,
        long events,
        int crashes,
        long virtualNanos,
        long hash,
        Map<Sight, Integer> sights,
        Optional<Violation> violation) {
    public Result {
        sights = Map.copyOf(sights);
    }

    /** The arguments of {@code avow} that run this world again, with every knob that doesn't stand as usual. */
    public String command() {
        return "simulate --seeds 1 --seed " + seed
                + Arrays.stream(Knob.values())
                        .filter(knob -> settings.get(knob) != knob.usual())
                        .map(knob -> " --" + knob.word() + " " + settings.get(knob))
                        .collect(Collectors.joining());
    }

    /** How often this happened. */
    public int count(Sight sight) {
        return sights.getOrDefault(sight, 0);
    }
}
