package dev.avow.clients;

import dev.avow.engine.AvowOptions;
import java.nio.file.Path;

/** Who drives the manager. */
enum Clients {
    PLAIN,
    SPRING,
    SPRING_BOOT,
    HIBERNATE,
    AGROAL,
    JMS;

    /** Over what is in the folder, or new. */
    Client open(Path folder, AvowOptions options) throws Exception {
        return switch (this) {
            case PLAIN -> new PlainClient(folder, options);
            case SPRING -> new SpringClient(folder, options);
            case SPRING_BOOT -> new SpringBootClient(folder, options);
            case HIBERNATE -> new HibernateClient(folder, options);
            case AGROAL -> new AgroalClient(folder, options);
            case JMS -> new JmsClient(folder, options);
        };
    }
}
