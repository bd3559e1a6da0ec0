package dev.avow.agroal;

import dev.avow.engine.BranchEnding;
import dev.avow.engine.BranchOutcome;
import dev.avow.engine.Outcome;
import dev.avow.jta.AvowTransactionManager;
import io.agroal.api.transaction.TransactionAware;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One transaction's hold on a connection of the pool, which ends with the transaction. */
final class PooledBranch implements Synchronization {
    private static final Logger LOG = LoggerFactory.getLogger(PooledBranch.class);

    private final TransactionAware connection;
    private final AvowTransactionManager manager;
    private final Unsettled unsettled;
    private final Straggler straggler;
    private final Transaction transaction;

    PooledBranch(
            TransactionAware connection, AvowTransactionManager manager, Unsettled unsettled, Straggler straggler) {
        this.connection = connection;
        this.straggler = straggler;
        this.manager = manager;
        this.unsettled = unsettled;
        this.transaction = manager.getTransaction();
    }

    /**
     * Whether the calling thread may work on the connection. After a timeout's rollback it mustn't: the driver would commit
     * each further statement by itself. Nor in another transaction, whose work would become this one's.
     */
    boolean isCurrent() {
        if (!transaction.equals(manager.getTransaction())) {
            return false;
        }
        straggler.begins();
        int status = manager.getStatus();
        return status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK;
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
            giveBack(manager.outcomeOf(transaction).orElseThrow());
        } catch (SQLException failure) {
            LOG.warn("a connection of {} couldn't be given back to its pool", transaction, failure);
        }
    }

    private void giveBack(Outcome outcome) throws SQLException {
        List<BranchOutcome> mine = outcome.branches().stream()
                .filter(branch -> unsettled.isOfPool(branch.participant()))
                .toList();
        if (mine.stream().anyMatch(PooledBranch::mayBePrepared)) {
            unsettled.keep(outcome.id(), connection);
            return;
        }
        if (mine.stream().anyMatch(branch -> branch.failure().isPresent())) {
            Unsettled.throwAway(connection);
        } else {
            if (outcome instanceof Outcome.Aborted) {
                Unsettled.rollBackRest(connection);
            }
            connection.transactionEnd();
        }
    }

    private static boolean mayBePrepared(BranchOutcome branch) {
        return branch.ending() == BranchEnding.BEING_TOLD || branch.ending() == BranchEnding.UNKNOWN;
    }
}
