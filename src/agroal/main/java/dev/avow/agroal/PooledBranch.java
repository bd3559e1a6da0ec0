package dev.avow.agroal;

import dev.avow.engine.TransactionId;
import dev.avow.jta.AvowTransactionManager;
import io.agroal.api.transaction.TransactionAware;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One transaction's hold on a connection of the pool, which ends with the transaction. */
final class PooledBranch implements Synchronization {
    private static final Logger LOG = LoggerFactory.getLogger(PooledBranch.class);

    private final TransactionAware connection;
    private final AvowTransactionManager manager;
    private final Unsettled unsettled;
    private final TransactionId transaction;

    PooledBranch(TransactionAware connection, AvowTransactionManager manager, Unsettled unsettled) {
        this.connection = connection;
        this.manager = manager;
        this.unsettled = unsettled;
        this.transaction = (TransactionId) manager.synchronizationRegistry().getTransactionKey();
    }

    /**
     * Whether the calling thread may work on the connection. After a timeout's rollback it mustn't: the driver would commit
     * each further statement by itself. Nor in another transaction, whose work would become this one's.
     */
    boolean isCurrent() {
        int status = manager.getStatus();
        return (status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK)
                && transaction.equals(manager.synchronizationRegistry().getTransactionKey());
    }

    @Override
    public void beforeCompletion() {
        connection.transactionBeforeCompletion(true);
    }

    @Override
    public void afterCompletion(int status) {
        if (status != Status.STATUS_COMMITTED) {
            connection.transactionBeforeCompletion(false);
        }
        // Agroal asks before what follows; the application has lost its handles by now.
        connection.transactionCheckCallback(() -> true);
        try {
            if (unsettled.contains(manager, transaction)) {
                unsettled.keep(transaction, connection);
            } else {
                giveBack(status);
            }
        } catch (SQLException failure) {
            LOG.warn("a connection of {} couldn't be given back to its pool", transaction, failure);
        }
    }

    private void giveBack(int status) throws SQLException {
        if (status != Status.STATUS_COMMITTED && !isLeftClean()) {
            connection.setFlushOnly();
        }
        connection.transactionEnd();
    }

    /** The pool switches auto-commit on, which would commit what a resource that failed to roll back has left. */
    private boolean isLeftClean() {
        try {
            if (!((Connection) connection.getConnection()).getAutoCommit()) {
                connection.transactionRollback();
            }
            return true;
        } catch (SQLException broken) {
            return false;
        }
    }
}
