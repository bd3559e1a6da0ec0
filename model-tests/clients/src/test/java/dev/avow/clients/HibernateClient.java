package dev.avow.clients;

import dev.avow.engine.AvowOptions;
import dev.avow.hibernate.AvowJtaPlatform;
import dev.avow.jta.AvowTransactionManager;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.PersistenceUnitTransactionType;
import java.nio.file.Path;

/** Two persistence units, one for each database. */
final class HibernateClient implements Client {
    final EntityManagerFactory orders;
    private final PlainClient plain;
    private final EntityManagerFactory payments;

    HibernateClient(Path folder, AvowOptions options) throws Exception {
        plain = new PlainClient(folder, options);
        orders = unit("orders", plain.manager());
        payments = unit("payments", plain.manager());
    }

    private static EntityManagerFactory unit(String name, AvowTransactionManager manager) {
        // readme: begin
        PersistenceConfiguration unit = new PersistenceConfiguration(name)
                .managedClass(Entry.class)
                .transactionType(PersistenceUnitTransactionType.JTA)
                .property("jakarta.persistence.jtaDataSource", manager.dataSource(name))
                .property("hibernate.transaction.jta.platform", new AvowJtaPlatform(manager));
        EntityManagerFactory entities = unit.createEntityManagerFactory();
        // readme: end
        return entities;
    }

    @Override
    public AvowTransactionManager manager() {
        return plain.manager();
    }

    @Override
    public void order(String name, Runnable rest) throws Exception {
        Demarcation.transact(manager(), name, () -> {
            try (EntityManager order = orders.createEntityManager();
                    EntityManager payment = payments.createEntityManager()) {
                payment.persist(new Entry(name));
                order.persist(new Entry(name));
                rest.run();
            }
        });
    }

    /** Doesn't leave the flush to the completion. */
    void orderAndFlush(String name) throws Exception {
        Demarcation.transact(manager(), name, () -> {
            try (EntityManager order = orders.createEntityManager()) {
                order.persist(new Entry(name));
                order.flush();
            }
        });
    }

    @Override
    public String found(String name) throws Exception {
        return plain.found(name);
    }

    @Override
    public void close() {
        orders.close();
        payments.close();
        plain.close();
    }
}
