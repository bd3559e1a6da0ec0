/** Runs the protocol: durable log, threads, timers, recovery, the public API. */
module dev.avow.engine {
    requires transitive dev.avow.protocol;
    requires org.slf4j;

    exports dev.avow.engine;
}
