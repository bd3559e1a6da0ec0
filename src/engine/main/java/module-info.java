/** Runs the protocol: durable log, threads, timers, recovery, the public API. */
module dev.avow.engine {
    requires transitive dev.avow.protocol;
    requires org.slf4j;

    exports dev.avow.engine;

    // The simulator runs these very classes on disks, networks and clocks of its own, and a participant in another
    // process
    // knows as much as one here. Nobody else may use them.
    exports dev.avow.engine.log to
            dev.avow.simulator;
    exports dev.avow.engine.participant to
            dev.avow.grpc,
            dev.avow.simulator;
    exports dev.avow.engine.run to
            dev.avow.simulator;
}
