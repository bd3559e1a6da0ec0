package dev.avow.jta;

import dev.avow.engine.Outcome;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.xa.XaParticipant;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/**
 * One transaction as the standard sees it: Jakarta Transactions 2.0, Transaction. Who ends it first ends it; that thread
 * calls the synchronizations. The coordinator's own transaction does the rest.
 */
final class JtaTransaction implements Transaction {
    private static final Set<Integer> FLAGS = Set.of(XAResource.TMSUCCESS, XAResource.TMSUSPEND, XAResource.TMFAIL);

    private final AvowTransactionManager manager;
    private final dev.avow.engine.Transaction avow;
    private final Enlistments enlistments;
    private final Synchronizations synchronizations = new Synchronizations();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by lock. */
    private final Map<Object, Object> values = new HashMap<>();

    private volatile int status = Status.STATUS_ACTIVE;
    /** Why it can only be rolled back: what a synchronization threw before the completion. */
    private volatile Optional<Throwable> spoilt = Optional.empty();

    private volatile boolean over;
    private volatile Optional<Hold> hold = Optional.empty();
    private volatile Optional<Outcome> outcome = Optional.empty();

    JtaTransaction(
            AvowTransactionManager manager, dev.avow.engine.Transaction avow, Resources resources, Duration timeout) {
        this.manager = manager;
        this.avow = avow;
        this.enlistments = new Enlistments(avow, resources, timeout);
    }

    TransactionId id() {
        return avow.id();
    }

    boolean isOf(AvowTransactionManager another) {
        return manager == another;
    }

    /** Whether it has been committed or rolled back; one that a timeout has rolled back waits for its owner to hear it. */
    boolean isOver() {
        return over;
    }

    void heldBy(Hold thread) {
        hold = Optional.of(thread);
    }

    void leaveItsThread() {
        hold.ifPresent(thread -> thread.release(this));
    }

    void committing() {
        status = Status.STATUS_COMMITTING;
    }

    void rollingBack() {
        status = Status.STATUS_ROLLING_BACK;
    }

    /** The coordinator has ended it, perhaps by itself after its timeout. */
    void endedBy(Outcome outcome) {
        status = statusOf(outcome);
    }

    private static int statusOf(Outcome outcome) {
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

    @Override
    public int getStatus() {
        return status;
    }

    private boolean isRollbackOnly() {
        return status == Status.STATUS_MARKED_ROLLBACK || isRolledBackByTimeout();
    }

    /** Nobody here has ended it, and yet it has, or is about to. */
    private boolean isRolledBackByTimeout() {
        return status == Status.STATUS_ROLLING_BACK || status == Status.STATUS_ROLLEDBACK;
    }

    private void claimEnd(String call) {
        if (over) {
            throw new IllegalStateException(call + ": " + this + " has ended");
        }
        if (!ending.compareAndSet(false, true)) {
            throw new IllegalStateException(call + ": " + this + " is being ended already; to have it rolled back call"
                    + " setRollbackOnly before it is prepared");
        }
    }

    @Override
    public void commit()
            throws RollbackException, HeuristicMixedException, HeuristicRollbackException, SystemException {
        claimEnd("commit");
        if (!isRollbackOnly()) {
            beforeCompletion();
        }
        if (isRollbackOnly()) {
            boolean marked = status == Status.STATUS_MARKED_ROLLBACK;
            Outcome outcome = rolledBack();
            Failures.throwIfNotRolledBack(outcome);
            if (marked) {
                throw spoilt.map(cause ->
                                Failures.rolledBack(this + " was rolled back: before its completion " + cause, cause))
                        .orElseGet(() -> new RollbackException(this + " was rolled back: it was marked rollback-only"));
            }
            Failures.throwUnlessCommitted(outcome);
            return;
        }
        status = Status.STATUS_PREPARING;
        Outcome outcome = avow.commit();
        completed(outcome);
        Failures.throwUnlessCommitted(outcome);
    }

    private void beforeCompletion() {
        try {
            synchronizations.beforeCompletion();
        } catch (RuntimeException | Error failure) {
            spoilt = Optional.of(failure);
            setRollbackOnly();
        }
    }

    @Override
    public void rollback() throws SystemException {
        claimEnd("rollback");
        Failures.throwIfNotRolledBack(rolledBack());
    }

    private Outcome rolledBack() {
        status = Status.STATUS_ROLLING_BACK;
        Outcome outcome = avow.abort();
        completed(outcome);
        return outcome;
    }

    /** Empty until it is over. */
    Optional<Outcome> outcome() {
        return outcome;
    }

    private void completed(Outcome ended) {
        status = statusOf(ended);
        outcome = Optional.of(ended);
        over = true;
        // First: afterCompletion "executes without a transaction context".
        manager.leave(this);
        synchronizations.afterCompletion(status, toString());
    }

    @Override
    public void setRollbackOnly() {
        requireBeforePrepare("setRollbackOnly");
        if (status == Status.STATUS_ACTIVE) {
            status = Status.STATUS_MARKED_ROLLBACK;
        }
    }

    private void requireBeforePrepare(String call) {
        if (over || (status != Status.STATUS_ACTIVE && !isRollbackOnly())) {
            throw new IllegalStateException(call + ": " + this + " is " + (over ? "over" : "being committed"));
        }
    }

    private void requireActive(String call) throws RollbackException {
        requireBeforePrepare(call);
        if (isRollbackOnly()) {
            throw new RollbackException(call + ": " + this
                    + (status == Status.STATUS_MARKED_ROLLBACK
                            ? " is marked rollback-only"
                            : ending.get() ? " is being rolled back" : " was rolled back by its timeout"));
        }
    }

    @Override
    public void registerSynchronization(Synchronization synchronization) throws RollbackException {
        requireActive("registerSynchronization");
        synchronizations.add(Objects.requireNonNull(synchronization, "the synchronization is null"));
    }

    void registerInterposed(Synchronization synchronization) {
        requireBeforePrepare("registerInterposedSynchronization");
        synchronizations.addInterposed(Objects.requireNonNull(synchronization, "the synchronization is null"));
    }

    void put(Object key, Object value) {
        lock.lock();
        try {
            values.put(key, value);
        } finally {
            lock.unlock();
        }
    }

    Optional<Object> get(Object key) {
        lock.lock();
        try {
            return Optional.ofNullable(values.get(key));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean enlistResource(XAResource resource) throws RollbackException, SystemException {
        requireActive("enlistResource");
        try {
            enlistments.enlist(Objects.requireNonNull(resource, "the resource is null"));
            return true;
        } catch (XAException refused) {
            throw refused(resource, refused);
        } catch (IllegalStateException ended) {
            requireActive("enlistResource");
            throw Failures.system(resource + " can't be enlisted in " + this + ": " + ended.getMessage(), ended);
        }
    }

    /** A participant without its branch votes no. */
    private SystemException refused(XAResource resource, XAException refused) throws RollbackException {
        setRollbackOnly();
        if (refused.errorCode >= XAException.XA_RBBASE && refused.errorCode <= XAException.XA_RBEND) {
            throw Failures.rolledBack(resource + " has rolled its part of " + this + " back", refused);
        }
        return Failures.system(
                resource + " refuses to take part in " + this + ", XA error " + refused.errorCode, refused);
    }

    @Override
    public boolean delistResource(XAResource resource, int flag) throws SystemException {
        if (!FLAGS.contains(flag)) {
            throw new SystemException("delistResource: flag " + flag + " is none of TMSUCCESS, TMSUSPEND and TMFAIL");
        }
        requireBeforePrepare("delistResource");
        try {
            boolean delisted = enlistments.delist(Objects.requireNonNull(resource, "the resource is null"), flag);
            if (delisted && flag == XAResource.TMFAIL) {
                setRollbackOnly();
            }
            return delisted;
        } catch (XAException failure) {
            setRollbackOnly();
            throw Failures.system(
                    resource + " can't be delisted from " + this + ", XA error " + failure.errorCode, failure);
        }
    }

    /** The database's connection in this transaction. */
    Connection connection(XaParticipant database) throws SQLException {
        requireBeforePrepare("getConnection");
        try {
            return database.connection(avow);
        } catch (SQLException unreachable) {
            setRollbackOnly();
            throw unreachable;
        } catch (IllegalStateException ended) {
            throw new SQLException("no connection in " + this + ": " + ended.getMessage(), ended);
        }
    }

    @Override
    public String toString() {
        return avow.name() + " (" + avow.id() + ")";
    }
}
