package dev.avow.clients;

import dev.avow.engine.AvowOptions;
import dev.avow.jta.AvowTransactionManager;
import dev.avow.xa.XaSession;
import jakarta.jms.JMSConsumer;
import jakarta.jms.Queue;
import jakarta.jms.XAConnectionFactory;
import jakarta.jms.XAJMSContext;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;

/** A row and a message about it. */
final class JmsClient implements Client {
    private static final long PATIENCE_MILLIS = 10_000;

    final Broker broker;
    private final XAConnectionFactory connections;
    private final Databases databases;
    private final AvowTransactionManager manager;

    JmsClient(Path folder, AvowOptions options) throws Exception {
        databases = new Databases(folder);
        broker = new Broker(folder.resolve("broker"));
        connections = broker.connections;
        manager = open(folder.resolve("log"), databases.orders(), options);
    }

    private AvowTransactionManager open(Path log, XADataSource orders, AvowOptions options) {
        // readme: begin
        AvowTransactionManager manager = AvowTransactionManager.at(log)
                .database("orders", orders)
                .resource("broker", () -> new BrokerSession(connections.createXAContext()))
                .options(options)
                .open();
        // readme: end
        return manager;
    }

    // readme: begin
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
    // readme: end

    @Override
    public AvowTransactionManager manager() {
        return manager;
    }

    @Override
    public void order(String name, Runnable rest) throws Exception {
        Queue queue = ActiveMQDestination.createQueue(Broker.QUEUE);
        try (XAJMSContext context = connections.createXAContext()) {
            Demarcation.transact(manager, name, () -> {
                // readme: begin
                manager.getTransaction().enlistResource(manager.named("broker", context.getXAResource()));
                context.createProducer().send(queue, name);
                // readme: end
                Databases.insert(manager.dataSource("orders"), name);
                rest.run();
            });
        }
    }

    /** Receives the next message and notes in the database that it did, in one transaction. */
    Optional<String> receive(Runnable rest) throws Exception {
        try (XAJMSContext context = connections.createXAContext()) {
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
