package dev.avow.jta;

import dev.avow.engine.Outcome;
import dev.avow.protocol.Ending;
import jakarta.transaction.Status;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a transaction is: the standard's {@link Status}. ACTIVE → MARKED_ROLLBACK; ACTIVE → PREPARING → COMMITTING →
 * COMMITTED; each but COMMITTED → ROLLING_BACK → ROLLEDBACK. Who commits and who marks compete for ACTIVE: what is marked
 * in time is never committed. Safe for any number of threads.
 */
final class Stage {
    private final AtomicInteger status = new AtomicInteger(Status.STATUS_ACTIVE);

    int status() {
        return status.get();
    }

    boolean isMarked() {
        return status() == Status.STATUS_MARKED_ROLLBACK;
    }

    boolean isRollbackOnly() {
        int now = status();
        return now == Status.STATUS_MARKED_ROLLBACK
                || now == Status.STATUS_ROLLING_BACK
                || now == Status.STATUS_ROLLEDBACK;
    }

    boolean isBeforePrepare() {
        return status() == Status.STATUS_ACTIVE || isRollbackOnly();
    }

    /** Whether it was active until now. */
    boolean mark() {
        return status.compareAndSet(Status.STATUS_ACTIVE, Status.STATUS_MARKED_ROLLBACK);
    }

    /** Whether it was active until now; if not, it can only be rolled back. */
    boolean prepare() {
        return status.compareAndSet(Status.STATUS_ACTIVE, Status.STATUS_PREPARING);
    }

    void committing() {
        status.set(Status.STATUS_COMMITTING);
    }

    void rollingBack() {
        status.set(Status.STATUS_ROLLING_BACK);
    }

    void ended(Outcome outcome) {
        status.set(of(outcome));
    }

    private static int of(Outcome outcome) {
        if (outcome instanceof Outcome.Committed) {
            return Status.STATUS_COMMITTED;
        }
        if (outcome instanceof Outcome.Aborted) {
            return Status.STATUS_ROLLEDBACK;
        }
        if (outcome instanceof Outcome.Heuristic heuristic && heuristic.decision() != Ending.UNKNOWN) {
            // The standard: "heuristics may exist".
            return heuristic.decision() == Ending.COMMITTED && !Failures.isRolledBack(outcome)
                    ? Status.STATUS_COMMITTED
                    : Status.STATUS_ROLLEDBACK;
        }
        return Status.STATUS_UNKNOWN;
    }
}
