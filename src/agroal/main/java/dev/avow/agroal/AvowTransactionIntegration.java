package dev.avow.agroal;

import dev.avow.jta.AvowTransactionManager;
import dev.avow.xa.XaResourceFactory;
import dev.avow.xa.XaSession;
import io.agroal.api.transaction.TransactionAware;
import io.agroal.api.transaction.TransactionIntegration;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;

/**
 * Makes the connections of one Agroal pool take part in the transactions of one manager, and lets that manager recover
 * its branches over connections of the pool. Made first, then the manager with it as the resource, then the pool:
 *
 * <pre>{@code
 * AvowTransactionIntegration orders = AvowTransactionIntegration.named("orders");
 * AvowTransactionManager manager = AvowTransactionManager.at(log).resource("orders", orders).open();
 * orders.bind(manager);
 * // the pool's configuration: transactionIntegration(orders)
 * }</pre>
 *
 * <p>A transaction has one connection of the pool, for one thread at a time, which goes back when the transaction is over
 * and its branch settled. Recovery waits for the pool; if it doesn't come soon, that is logged, and tried again. Close the
 * manager before the pool: some databases roll a prepared branch back when its connection is closed.
 *
 * <p>Safe for any number of threads.
 */
public final class AvowTransactionIntegration implements TransactionIntegration, XaResourceFactory {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final String name;
    private final Unsettled unsettled;
    /** Written under this's lock. */
    private volatile Optional<AvowTransactionManager> bound = Optional.empty();

    /** Guarded by this. */
    private Optional<ResourceRecoveryFactory> pool = Optional.empty();

    private AvowTransactionIntegration(String name) {
        this.name = name;
        this.unsettled = new Unsettled(name);
    }

    /** For the pool of the resource manager that is registered under this name. */
    public static AvowTransactionIntegration named(String name) {
        return new AvowTransactionIntegration(name);
    }

    /**
     * The manager whose transactions these are.
     *
     * @throws IllegalStateException if it is bound already: each pool has an integration of its own
     */
    public synchronized void bind(AvowTransactionManager manager) {
        if (bound.isPresent()) {
            throw new IllegalStateException(
                    "the integration of \"" + name + "\" is bound already: each pool and manager needs its own");
        }
        bound = Optional.of(manager);
    }

    private AvowTransactionManager manager() throws SQLException {
        return bound.orElseThrow(() -> new SQLException(
                "the integration of \"" + name + "\" isn't bound: call bind with the transaction manager"));
    }

    /**
     * A connection of the pool, as its recovery principal if it has one. Waits a few seconds for a pool to start.
     *
     * @throws SQLException if there is no pool yet, or it can't connect
     * @throws InterruptedException if interrupted while waiting
     */
    @Override
    public XaSession open() throws SQLException, InterruptedException {
        return session(awaitPool().getRecoveryConnection());
    }

    /** The manager looks for branches as soon as it is open, and the pool comes after it: no need to complain of that. */
    private synchronized ResourceRecoveryFactory awaitPool() throws SQLException, InterruptedException {
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        long leftMillis = PATIENCE.toMillis();
        while (pool.isEmpty() && leftMillis > 0) {
            wait(leftMillis);
            leftMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
        }
        return pool.orElseThrow(
                () -> new SQLException("not yet: no pool runs with the integration of \"" + name + "\""));
    }

    private static XaSession session(XAConnection connection) throws SQLException {
        XAResource resource = connection.getXAResource();
        return new XaSession() {
            @Override
            public XAResource resource() {
                return resource;
            }

            @Override
            public void close() throws SQLException {
                connection.close();
            }
        };
    }

    @Override
    @SuppressWarnings("NullAway") // null: "no connection yet"
    public TransactionAware getTransactionAware() throws SQLException {
        AvowTransactionManager manager = manager();
        unsettled.giveBackSettled(manager);
        return manager.getStatus() == Status.STATUS_NO_TRANSACTION
                ? null
                : (TransactionAware) manager.synchronizationRegistry().getResource(this);
    }

    /** @throws SQLException if the thread's transaction is over or can only be rolled back, or the branch is refused */
    @Override
    public void associate(TransactionAware connection, XAResource resource) throws SQLException {
        AvowTransactionManager manager = manager();
        int status = manager.getStatus();
        if (status == Status.STATUS_NO_TRANSACTION) {
            // Its statements aren't the transaction's that the thread may begin later.
            connection.transactionCheckCallback(() -> manager.getStatus() != Status.STATUS_NO_TRANSACTION);
        } else if (manager.synchronizationRegistry().getResource(this) == connection) {
            requireNotOver(status);
        } else {
            requireActive(status);
            // Of a driver without XA there is none.
            if (Objects.isNull(resource)) {
                throw new SQLException("the pool of \"" + name
                        + "\" has no XA connections: give it the driver's XADataSource as its connection provider");
            }
            enlist(connection, resource, manager);
        }
    }

    /** One that the transaction has already is its own to the end, also when it can only be rolled back. */
    private void requireNotOver(int status) throws SQLException {
        if (status != Status.STATUS_MARKED_ROLLBACK) {
            requireActive(status);
        }
    }

    private void requireActive(int status) throws SQLException {
        if (status != Status.STATUS_ACTIVE) {
            throw new SQLException("no connection of \"" + name + "\": the thread's transaction "
                    + (status == Status.STATUS_ROLLEDBACK
                            ? "was rolled back by its timeout"
                            : "can only be rolled back"));
        }
    }

    /** A connection that can't be enlisted is thrown away: the pool would keep it half in a transaction. */
    private void enlist(TransactionAware connection, XAResource resource, AvowTransactionManager manager)
            throws SQLException {
        boolean enlisted = false;
        Straggler straggler = new Straggler();
        // Before the branch starts: some drivers refuse to leave auto-commit within one.
        connection.transactionStart();
        try {
            manager.getTransaction().enlistResource(manager.named(name, new PooledResource(resource, straggler)));
            PooledBranch branch = new PooledBranch(connection, manager, unsettled, straggler);
            connection.transactionCheckCallback(branch::isCurrent);
            manager.synchronizationRegistry().registerInterposedSynchronization(branch);
            manager.synchronizationRegistry().putResource(this, connection);
            enlisted = true;
        } catch (RollbackException | SystemException | IllegalStateException failure) {
            throw new SQLException(
                    "no connection of \"" + name + "\" for the thread's transaction: " + failure.getMessage(), failure);
        } finally {
            if (!enlisted) {
                connection.setFlushOnly();
                connection.transactionEnd();
            }
        }
    }

    @Override
    public boolean disassociate(TransactionAware connection) {
        return true;
    }

    /** @throws IllegalStateException if another pool has this integration */
    @Override
    public synchronized void addResourceRecoveryFactory(ResourceRecoveryFactory factory) {
        if (pool.isPresent()) {
            throw new IllegalStateException(
                    "the integration of \"" + name + "\" has a pool already: each pool needs its own");
        }
        pool = Optional.of(factory);
        notifyAll();
    }

    @Override
    public synchronized void removeResourceRecoveryFactory(ResourceRecoveryFactory factory) {
        pool = pool.filter(other -> other != factory);
        unsettled.warnOfClosing();
    }
}
