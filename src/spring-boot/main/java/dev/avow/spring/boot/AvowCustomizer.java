package dev.avow.spring.boot;

import dev.avow.engine.AvowOptions;
import dev.avow.jta.AvowTransactionManager;

/** A bean of this type has its say before the application's transaction manager is opened. */
public interface AvowCustomizer {
    /** The coordinator's options, which come from the properties at first. */
    default AvowOptions options(AvowOptions options) {
        return options;
    }

    /** What takes part beside the databases of the properties, such as a message broker. */
    default void resources(AvowTransactionManager.Builder manager) {}
}
