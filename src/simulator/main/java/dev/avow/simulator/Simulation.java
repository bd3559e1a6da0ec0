package dev.avow.simulator;

import dev.avow.simulator.world.World;

/** Runs simulated worlds. Each run is a function of its settings, its seed and its flaw, in the calling thread. */
public final class Simulation {
    private Simulation() {}

    /** Runs a world to its end, or to the first broken rule. */
    public static Result run(Settings settings, long seed) {
        return run(settings, seed, Flaw.NONE);
    }

    /** Runs a world in which one thing is done wrongly. */
    public static Result run(Settings settings, long seed, Flaw flaw) {
        return new World(settings, seed, flaw, false).run().result();
    }

    /** The same run as {@link #run(Settings, long, Flaw)}, with a record of all that happens. */
    public static Trace trace(Settings settings, long seed, Flaw flaw) {
        return new World(settings, seed, flaw, true).run();
    }
}
