package dev.avow.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ResultTest {
    @Test
    void its_command_names_the_seed_and_every_knob_that_was_turned() {
        Settings settings = Settings.usual();
        for (Knob knob : Knob.values()) {
            settings = settings.with(knob, knob == Knob.PARTICIPANTS ? 3 : knob.least());
        }
        assertEquals(
                "simulate --seeds 1 --seed -5 --participants 3 --coordinators 1 --transactions 1 --crashes 0 --losses 0"
                        + " --repeats 0 --partitions 0 --disk-faults 0 --damage 0 --takeovers 0 --alone 0 --peers 0 --read-only 0"
                        + " --refusals 0 --clock-jumps 0",
                Simulation.run(settings, -5).command());
    }

    @Test
    void a_world_as_usual_needs_only_its_seed() {
        Settings turnedBack = Settings.usual().with(Knob.LOSSES, Knob.LOSSES.usual());
        assertEquals(
                "simulate --seeds 1 --seed 7", Simulation.run(turnedBack, 7).command());
    }
}
