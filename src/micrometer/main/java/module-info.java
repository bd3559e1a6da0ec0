/** Metrics and spans of a coordinator, in the application's own Micrometer registries. */
module dev.avow.micrometer {
    requires transitive dev.avow.engine;
    requires transitive micrometer.core;
    requires transitive micrometer.observation;

    exports dev.avow.micrometer;
}
