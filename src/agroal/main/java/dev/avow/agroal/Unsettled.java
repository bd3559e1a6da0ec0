package dev.avow.agroal;

import dev.avow.engine.Pending;
import dev.avow.engine.TransactionId;
import dev.avow.jta.AvowTransactionManager;
import io.agroal.api.transaction.TransactionAware;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections whose transaction is decided and whose branch hasn't heard it yet. The pool gets them back when it has: H2
 * rolls a prepared branch back if its connection is closed or begins something else. Safe for any number of threads.
 */
final class Unsettled {
    private static final Logger LOG = LoggerFactory.getLogger(Unsettled.class);

    private record Kept(TransactionId transaction, TransactionAware connection) {}

    private final String name;
    private final Queue<Kept> kept = new ConcurrentLinkedQueue<>();

    Unsettled(String name) {
        this.name = name;
    }

    /** Whether this participant is the pool's resource manager, or a further one over it. */
    boolean isOfPool(String participant) {
        return participant.equals(name) || participant.startsWith(name + "#");
    }

    /** Whether this transaction's branch has still to be told, or its decision isn't known. */
    private boolean contains(AvowTransactionManager manager, TransactionId transaction) {
        return manager.coordinator().pending().stream()
                .filter(pending -> pending.id().equals(Optional.of(transaction)))
                .map(Pending::participant)
                .anyMatch(participant ->
                        participant.isEmpty() || participant.equals(name) || participant.startsWith(name + "#"));
    }

    void keep(TransactionId transaction, TransactionAware connection) {
        kept.add(new Kept(transaction, connection));
    }

    /** Called before each acquisition, so that none of these is missed. */
    void giveBackSettled(AvowTransactionManager manager) throws SQLException {
        for (Kept each : List.copyOf(kept)) {
            if (!contains(manager, each.transaction()) && kept.remove(each)) {
                // Told over another connection, perhaps: this one isn't to be trusted.
                throwAway(each.connection());
            }
        }
    }

    /** Gives it back to be closed. */
    static void throwAway(TransactionAware connection) throws SQLException {
        rollBackRest(connection);
        connection.setFlushOnly();
        connection.transactionEnd();
    }

    /** The pool switches auto-commit on, even before it closes one, which commits what a failed rollback has left. */
    static void rollBackRest(TransactionAware connection) {
        try {
            connection.transactionRollback();
        } catch (SQLException nothingLeft) {
            // Or the driver knows of the branch, and refuses this as it will refuse auto-commit.
        }
    }

    void warnOfClosing() {
        if (!kept.isEmpty()) {
            LOG.warn(
                    "the pool of \"{}\" is closed while {} of its connections have prepared branches, which some databases"
                            + " roll back then: close the transaction manager first, and a pool only when nothing is pending",
                    name,
                    kept.size());
        }
    }
}
