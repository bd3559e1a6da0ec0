package dev.avow.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fixed seeds: every rule holds in each, and each rare event is among them. */
class ManySeedsTest {
    /** Some 1,000 a second; {@code -Davow.simulation.seeds=170000} makes ten million transactions. */
    private static final int SEEDS = Integer.getInteger("avow.simulation.seeds", 2_000);

    private static final Set<Sight> SEEN = EnumSet.noneOf(Sight.class);
    private static final Set<String> BROKEN = new TreeSet<>();

    @BeforeAll
    static void run() {
        LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> Simulation.run(Settings.usual(), seed))
                .forEach(ManySeedsTest::look);
    }

    private static synchronized void look(Result result) {
        SEEN.addAll(result.sights().keySet());
        result.violation().ifPresent(violation -> BROKEN.add("seed " + result.seed() + ": " + violation));
    }

    @Test
    void every_rule_holds_in_every_run() {
        assertEquals(Set.of(), BROKEN);
    }

    @Test
    void no_rare_event_is_missing() {
        assertEquals(EnumSet.allOf(Sight.class), SEEN);
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
