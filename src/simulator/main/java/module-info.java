/** The engine's real parts in a seeded world without threads, files or clocks: one seed, one run. */
module dev.avow.simulator {
    requires transitive dev.avow.engine;

    exports dev.avow.simulator;
}
