package dev.avow.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.report.Figures;
import dev.avow.simulator.Flaw;
import dev.avow.simulator.Settings;
import dev.avow.simulator.Simulation;
import dev.avow.simulator.Trace;
import dev.avow.trace.SimulatedTraces;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In part of the simulated runs each step is put to the specification, too. */
class SimulatedTraceTest {
    private static final int SEEDS = 40;
    private static final int LEAST_STEPS = 5_000;

    @Test
    void each_step_of_a_simulated_run_is_a_step_of_the_specification(@TempDir Path folder) {
        try (SimulatedTraces traces = new SimulatedTraces(folder)) {
            Settings settings = SimulatedTraces.withoutCrashes();
            for (long seed = 1; seed <= SEEDS; seed++) {
                Trace trace = Simulation.trace(settings, seed, Flaw.NONE);
                assertEquals(
                        Optional.empty(),
                        traces.check(trace.entries()),
                        () -> "avow " + trace.result().command());
            }
            Figures.of("simulator-steps")
                    .with("seeds", SEEDS)
                    .with("transactions put to the specification", traces.transactions())
                    .with("steps", traces.steps())
                    .write();
            assertTrue(traces.steps() >= LEAST_STEPS, traces.steps() + " steps");
        }
    }
}
