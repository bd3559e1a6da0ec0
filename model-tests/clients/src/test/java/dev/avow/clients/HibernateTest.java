package dev.avow.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avow.engine.AvowOptions;
import dev.avow.hibernate.AvowJtaPlatform;
import dev.avow.jta.AvowTransactionManager;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.PersistenceUnitTransactionType;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Persistence units on two databases. */
@SuppressWarnings("serial") // of Hibernate's platforms
final class HibernateTest {
    private static Optional<AvowTransactionManager> shops = Optional.empty();

    @TempDir
    private Path folder;

    private HibernateClient hibernate;

    @BeforeEach
    void open() throws Exception {
        hibernate = new HibernateClient(folder, AvowOptions.defaults());
        shops = Optional.of(hibernate.manager());
    }

    @AfterEach
    void close() {
        hibernate.close();
    }

    @Test
    void a_constraint_that_is_violated_at_the_flush_before_completion_rolls_both_back() throws Exception {
        Databases.insert(hibernate.manager().dataSource("payments"), "O1");
        RollbackException told = assertThrows(RollbackException.class, () -> hibernate.order("O1"));
        assertEquals("0 1", hibernate.found("O1"));
        assertEquals(
                "ConstraintViolationException",
                Objects.requireNonNull(told.getCause()).getClass().getSimpleName());
        hibernate.order("O2");
        assertEquals("1 1", hibernate.found("O2"));
    }

    @Test
    void a_constraint_that_the_application_meets_itself_rolls_both_back() throws Exception {
        hibernate.order("O1");
        assertThrows(RuntimeException.class, () -> hibernate.orderAndFlush("O1"));
        assertEquals("1 1", hibernate.found("O1"));
        assertEquals(Status.STATUS_NO_TRANSACTION, hibernate.manager().getStatus());
    }

    @Test
    void what_the_applications_own_callback_changes_is_flushed_too() throws Exception {
        AvowTransactionManager manager = hibernate.manager();
        manager.begin("O1");
        try (EntityManager orders = hibernate.orders.createEntityManager()) {
            orders.persist(new Entry("O1"));
            manager.getTransaction().registerSynchronization(new Synchronization() {
                @Override
                public void beforeCompletion() {
                    orders.persist(new Entry("O1 late"));
                }

                @Override
                public void afterCompletion(int status) {}
            });
            manager.commit();
        }
        assertEquals("1 0", hibernate.found("O1 late"));
    }

    @Test
    void units_of_two_managers_in_one_process_share_nothing() throws Exception {
        try (HibernateClient other =
                new HibernateClient(Files.createDirectory(folder.resolve("other")), AvowOptions.defaults())) {
            hibernate.order("O1", () -> order(other, "O2"));
            assertEquals("1 1", hibernate.found("O1"));
            assertEquals("0 0", hibernate.found("O2"));
            assertEquals("1 1", other.found("O2"));
        }
    }

    private static void order(Client client, String name) {
        try {
            client.order(name);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    // readme: begin
    /** For a persistence.xml that can only name a class. */
    public static final class ShopJtaPlatform extends AvowJtaPlatform {
        public ShopJtaPlatform() {
            super(shopsManager()); // wherever the application keeps it
        }
    }
    // readme: end

    private static AvowTransactionManager shopsManager() {
        return shops.orElseThrow();
    }

    @Test
    void a_setting_may_name_a_class_of_ones_own() throws Exception {
        try (EntityManagerFactory unit = new PersistenceConfiguration("named")
                .managedClass(Entry.class)
                .transactionType(PersistenceUnitTransactionType.JTA)
                .property(
                        "jakarta.persistence.jtaDataSource", hibernate.manager().dataSource("orders"))
                .property("hibernate.transaction.jta.platform", ShopJtaPlatform.class.getName())
                .createEntityManagerFactory()) {
            Demarcation.transact(hibernate.manager(), "O1", () -> {
                try (EntityManager entities = unit.createEntityManager()) {
                    entities.persist(new Entry("O1"));
                }
            });
        }
        assertEquals("1 0", hibernate.found("O1"));
    }
}
