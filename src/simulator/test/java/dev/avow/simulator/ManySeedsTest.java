package dev.avow.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fixed seeds: every rule holds in each, and each rare event is among them. */
class ManySeedsTest {
    private static final int SEEDS = 2_000;

    private static List<Result> results = List.of();

    @BeforeAll
    static void run() {
        results = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> Simulation.run(Settings.usual(), seed))
                .toList();
    }

    @Test
    void every_rule_holds_in_every_run() {
        List<String> broken = results.stream()
                .flatMap(result ->
                        result.violation().stream().map(violation -> "seed " + result.seed() + ": " + violation))
                .toList();
        assertEquals(List.of(), broken);
    }

    @Test
    void no_rare_event_is_missing() {
        List<Sight> missing = Arrays.stream(Sight.values())
                .filter(sight -> results.stream().noneMatch(result -> result.count(sight) > 0))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void worlds_of_every_size_come_to_rest() {
        for (int participants : new int[] {1, 2, 16}) {
            for (int coordinators : new int[] {1, 8}) {
                Settings settings =
                        Settings.usual().with(Knob.PARTICIPANTS, participants).with(Knob.COORDINATORS, coordinators);
                LongStream.rangeClosed(1, 20)
                        .mapToObj(seed -> Simulation.run(settings, seed))
                        .forEach(result -> assertEquals(
                                "",
                                result.violation()
                                        .map(violation -> result.seed() + ": " + violation)
                                        .orElse("")));
            }
        }
    }
}
