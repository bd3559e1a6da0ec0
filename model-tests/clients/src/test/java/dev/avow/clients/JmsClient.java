package dev.avow.clients;

import dev.avow.engine.AvowOptions;
import dev.avow.jta.AvowTransactionManager;
import dev.avow.xa.XaSession;
import jakarta.jms.JMSConsumer;
import jakarta.jms.XAConnectionFactory;
import jakarta.jms.XAJMSContext;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import javax.transaction.xa.XAResource;

/** A row and a message about it. */
final class JmsClient implements Client {
    private static final long PATIENCE_MILLIS = 10_000;

    final Broker broker;
    private final Databases databases;
    private final AvowTransactionManager manager;

    JmsClient(Path folder, AvowOptions options) throws Exception {
        databases = new Databases(folder);
        broker = new Broker(folder.resolve("broker"));
        manager = AvowTransactionManager.at(folder.resolve("log"))
                .database("orders", databases.orders())
                .resource("broker", () -> new BrokerSession(broker.connections.createXAContext()))
                .options(options)
                .open();
    }

    record BrokerSession(XAJMSContext context) implements XaSession {
        @Override
        public XAResource resource() {
            return context.getXAResource();
        }

        @Override
        public void close() {
            context.close();
        }
    }

    @Override
    public AvowTransactionManager manager() {
        return manager;
    }

    @Override
    public void order(String name, Runnable rest) throws Exception {
        XAConnectionFactory connections = broker.connections;
        try (XAJMSContext context = connections.createXAContext()) {
            Demarcation.transact(manager, name, () -> {
                manager.getTransaction().enlistResource(manager.named("broker", context.getXAResource()));
                context.createProducer().send(context.createQueue(Broker.QUEUE), name);
                Databases.insert(manager.dataSource("orders"), name);
                rest.run();
            });
        }
    }

    /** Receives the next message and notes in the database that it did, in one transaction. */
    Optional<String> receive(Runnable rest) throws Exception {
        try (XAJMSContext context = broker.connections.createXAContext()) {
            String[] received = new String[1];
            Demarcation.transact(manager, "receive", () -> {
                manager.getTransaction().enlistResource(manager.named("broker", context.getXAResource()));
                JMSConsumer consumer = context.createConsumer(context.createQueue(Broker.QUEUE));
                received[0] = consumer.receiveBody(String.class, PATIENCE_MILLIS);
                Databases.insert(manager.dataSource("orders"), "received " + received[0]);
                rest.run();
            });
            return Optional.ofNullable(received[0]);
        }
    }

    @Override
    public String found(String name) throws Exception {
        return databases.inOrders(name) + " " + Collections.frequency(broker.waiting(), name);
    }

    @Override
    public void close() {
        manager.close();
        broker.close();
        databases.close();
    }
}
