package dev.avow.clients;

import dev.avow.engine.AvowOptions;
import dev.avow.jta.AvowTransactionManager;
import java.nio.file.Path;

/** Nothing but the manager and its data sources. */
final class PlainClient implements Client {
    private final Databases databases;
    private final AvowTransactionManager manager;

    PlainClient(Path folder, AvowOptions options) throws Exception {
        databases = new Databases(folder);
        manager = AvowTransactionManager.at(folder.resolve("log"))
                .database("orders", databases.orders())
                .database("payments", databases.payments())
                .options(options)
                .open();
    }

    @Override
    public AvowTransactionManager manager() {
        return manager;
    }

    @Override
    public void order(String name, Runnable rest) throws Exception {
        Demarcation.transact(manager, name, () -> {
            Databases.insert(manager.dataSource("orders"), name);
            Databases.insert(manager.dataSource("payments"), name);
            rest.run();
        });
    }

    @Override
    public String found(String name) throws Exception {
        return databases.found(name);
    }

    @Override
    public void close() {
        manager.close();
        databases.close();
    }
}
