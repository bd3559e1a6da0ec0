package dev.avow.hibernate;

import dev.avow.jta.AvowTransactionManager;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import org.hibernate.engine.transaction.jta.platform.internal.AbstractJtaPlatform;
import org.hibernate.engine.transaction.jta.platform.internal.JtaSynchronizationStrategy;
import org.hibernate.engine.transaction.jta.platform.internal.SynchronizationRegistryBasedSynchronizationStrategy;

/**
 * Tells Hibernate which transaction manager its persistence units work under: the value of the setting
 * {@code hibernate.transaction.jta.platform}, as an instance. Hibernate flushes before the completion of a transaction,
 * after the application's own synchronizations and before the pools return their connections.
 *
 * <p>Where a setting can only name a class, give it one of your own, with a constructor without parameters that hands
 * your manager to this one. Nothing here is static: persistence units of several managers share nothing. Safe for any
 * number of threads.
 */
@SuppressWarnings("serial") // Hibernate's platforms are Serializable by their interface; nobody serializes one
public class AvowJtaPlatform extends AbstractJtaPlatform {
    private final transient AvowTransactionManager manager;
    private final transient JtaSynchronizationStrategy synchronizations;

    /** Of persistence units whose transactions are this manager's; it has to outlive them. */
    public AvowJtaPlatform(AvowTransactionManager manager) {
        this.manager = manager;
        this.synchronizations =
                new SynchronizationRegistryBasedSynchronizationStrategy(manager::synchronizationRegistry);
    }

    @Override
    protected TransactionManager locateTransactionManager() {
        return manager;
    }

    @Override
    protected UserTransaction locateUserTransaction() {
        return manager;
    }

    /** Interposed, as Jakarta Persistence asks of a provider: it sees what the application's callbacks still change. */
    @Override
    protected JtaSynchronizationStrategy getSynchronizationStrategy() {
        return synchronizations;
    }
}
