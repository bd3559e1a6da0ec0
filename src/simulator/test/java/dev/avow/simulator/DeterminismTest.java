package dev.avow.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeterminismTest {
    private static final int SEEDS = 50;

    @Test
    void a_seed_gives_the_same_run_to_the_byte() {
        LongStream.rangeClosed(1, SEEDS).forEach(seed -> {
            Trace first = Simulation.trace(Settings.usual(), seed, Flaw.NONE);
            Trace second = Simulation.trace(Settings.usual(), seed, Flaw.NONE);
            assertEquals(first.text(), second.text(), () -> "transcript of seed " + seed);
            assertEquals(first.result(), second.result(), () -> "result of seed " + seed);
            assertEquals(
                    first.result(),
                    Simulation.run(Settings.usual(), seed),
                    () -> "run of seed " + seed + " that nobody takes down");
        });
    }

    @Test
    void another_seed_gives_another_run() {
        assertNotEquals(
                Simulation.run(Settings.usual(), 1).hash(),
                Simulation.run(Settings.usual(), 2).hash());
    }

    @Test
    void clocks_that_jump_change_nothing() {
        LongStream.rangeClosed(1, SEEDS).forEach(seed -> {
            Result steady = Simulation.run(Settings.usual().with(Knob.CLOCK_JUMPS, 0), seed);
            Result jumping = Simulation.run(Settings.usual().with(Knob.CLOCK_JUMPS, 100), seed);
            assertEquals(100, jumping.count(Sight.CLOCK_JUMPED));
            assertEquals(steady.hash(), jumping.hash(), () -> "hash of seed " + seed);
            Map<Sight, Integer> others = new HashMap<>(jumping.sights());
            others.remove(Sight.CLOCK_JUMPED);
            assertEquals(steady.sights(), others);
        });
    }
}
