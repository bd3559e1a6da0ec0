package dev.avow.jta;

import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.protocol.Ending;
import jakarta.transaction.Status;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a transaction is: the standard's {@link Status}. ACTIVE → MARKED_ROLLBACK; ACTIVE → PREPARING → COMMITTING →
 * COMMITTED; each but COMMITTED → ROLLING_BACK → ROLLEDBACK. Who commits and who marks compete for ACTIVE: what is marked
 * in time is never committed. What the coordinator has done by itself, such as a timeout's abort, it is asked for. Safe for
 * any number of threads.
 */
final class Stage {
    private final Transaction avow;
    /** What was asked of it here; the coordinator may be further. */
    private final AtomicInteger asked = new AtomicInteger(Status.STATUS_ACTIVE);

    Stage(Transaction avow) {
        this.avow = avow;
    }

    int status() {
        Optional<Outcome> outcome = avow.outcome();
        return outcome.isPresent() ? of(outcome.get()) : undecided();
    }

    private int undecided() {
        return switch (avow.state()) {
            case ABORTED -> Status.STATUS_ROLLING_BACK;
            case ONE_PHASE, COMMITTING, FORGOTTEN -> Status.STATUS_COMMITTING;
            case WORKING, PREPARING, DOWN -> asked.get();
        };
    }

    boolean isActive() {
        return status() == Status.STATUS_ACTIVE;
    }

    boolean isMarked() {
        return status() == Status.STATUS_MARKED_ROLLBACK;
    }

    boolean isRollbackOnly() {
        return isRollback(status());
    }

    private static boolean isRollback(int status) {
        return status == Status.STATUS_MARKED_ROLLBACK
                || status == Status.STATUS_ROLLING_BACK
                || status == Status.STATUS_ROLLEDBACK;
    }

    boolean isBeforePrepare() {
        int now = status();
        return now == Status.STATUS_ACTIVE || isRollback(now);
    }

    /** Whether it was active until now. */
    boolean mark() {
        return asked.compareAndSet(Status.STATUS_ACTIVE, Status.STATUS_MARKED_ROLLBACK);
    }

    /** Whether it was active until now; if not, it can only be rolled back. */
    boolean prepare() {
        return status() == Status.STATUS_ACTIVE && asked.compareAndSet(Status.STATUS_ACTIVE, Status.STATUS_PREPARING);
    }

    void rollingBack() {
        asked.set(Status.STATUS_ROLLING_BACK);
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
