package dev.avow.jta;

import dev.avow.engine.Outcome;
import dev.avow.engine.TransactionId;
import dev.avow.xa.XaParticipant;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction as the standard sees it: Jakarta Transactions 2.0, Transaction. Who ends it first ends it; that thread
 * calls the synchronizations. The coordinator's own transaction does the rest.
 */
final class JtaTransaction implements Transaction {
    private static final Set<Integer> FLAGS = Set.of(XAResource.TMSUCCESS, XAResource.TMSUSPEND, XAResource.TMFAIL);

    private static final Logger LOG = LoggerFactory.getLogger(JtaTransaction.class);

    private final AvowTransactionManager manager;
    private final Current current;
    private final dev.avow.engine.Transaction avow;
    private final Enlistments enlistments;
    private final Synchronizations synchronizations = new Synchronizations();
    private final AtomicBoolean ending = new AtomicBoolean();
    /** Guarded by itself. */
    private final Map<Object, Object> values = new HashMap<>();

    private final Stage stage;
    /** Why it can only be rolled back: what a synchronization threw before the completion. */
    private volatile Optional<Throwable> spoilt = Optional.empty();

    private volatile boolean over;
    /** The threads that it is of. Guarded by itself. */
    private final List<Hold> holds = new ArrayList<>(1);

    private volatile Optional<Outcome> outcome = Optional.empty();

    JtaTransaction(
            AvowTransactionManager manager, Current current, dev.avow.engine.Transaction avow, Resources resources) {
        this.manager = manager;
        this.current = current;
        this.avow = avow;
        this.stage = new Stage(avow);
        this.enlistments = new Enlistments(avow, resources);
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
        synchronized (holds) {
            holds.add(thread);
        }
    }

    void leftBy(Hold thread) {
        synchronized (holds) {
            holds.remove(thread);
        }
    }

    private void leaveItsThreads() {
        synchronized (holds) {
            for (Hold thread : holds) {
                thread.release(this);
            }
            holds.clear();
        }
    }

    @Override
    public int getStatus() {
        return stage.status();
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
        if (!stage.isRollbackOnly()) {
            beforeCompletion();
        }
        if (stage.prepare()) {
            Outcome ended = ended(avow::commit);
            completed(ended);
            Failures.throwUnlessCommitted(ended);
        } else {
            rolledBackInstead();
        }
    }

    /** With the transaction as its context, whoever commits it and whatever that thread has of its own. */
    @SuppressWarnings("CatchingUnchecked") // some languages throw checked exceptions without saying so
    private void beforeCompletion() {
        if (synchronizations.isEmpty()) {
            return;
        }
        try {
            current.within(Optional.of(this), synchronizations::beforeCompletion);
        } catch (Throwable failure) {
            spoilt = Optional.of(failure);
            stage.mark();
        }
    }

    private void rolledBackInstead()
            throws RollbackException, HeuristicMixedException, HeuristicRollbackException, SystemException {
        boolean marked = stage.isMarked();
        Outcome ended = rolledBack();
        Failures.throwIfNotRolledBack(ended);
        if (marked) {
            throw spoilt.map(cause ->
                            Failures.rolledBack(this + " was rolled back: before its completion " + cause, cause))
                    .orElseGet(() -> new RollbackException(this + " was rolled back: it was marked rollback-only"));
        }
        Failures.throwUnlessCommitted(ended);
    }

    @Override
    public void rollback() throws SystemException {
        claimEnd("rollback");
        Failures.throwIfNotRolledBack(rolledBack());
    }

    private Outcome rolledBack() {
        stage.rollingBack();
        Outcome ended = ended(avow::abort);
        completed(ended);
        return ended;
    }

    /** A defect in between has left the outcome open, and the second call says so: the thread mustn't stay in it. */
    private Outcome ended(Supplier<Outcome> end) {
        try {
            return end.get();
        } catch (RuntimeException | Error defect) {
            LOG.error("The end of {} failed as nothing here should", this, defect);
            return end.get();
        }
    }

    /** The manager is closed, and the coordinator has aborted what nobody had ended: who waits for its end hears it. */
    void closed() {
        if (ending.compareAndSet(false, true)) {
            rolledBack();
        }
    }

    /** Empty until it is over. */
    Optional<Outcome> outcome() {
        return outcome;
    }

    private void completed(Outcome ended) {
        outcome = Optional.of(ended);
        // First: afterCompletion "executes without a transaction context".
        over = true;
        leaveItsThreads();
        if (!synchronizations.isEmpty()) {
            current.within(Optional.empty(), () -> synchronizations.afterCompletion(stage.status(), this));
            current.forget(this);
        }
    }

    @Override
    public void setRollbackOnly() {
        requireBeforePrepare("setRollbackOnly");
        if (!stage.mark()) {
            requireBeforePrepare("setRollbackOnly");
        }
    }

    private void requireBeforePrepare(String call) {
        if (over || !stage.isBeforePrepare()) {
            throw new IllegalStateException(call + ": " + this + " is " + (over ? "over" : "being committed"));
        }
    }

    private void requireActive(String call) throws RollbackException {
        if (!over && stage.isActive()) {
            return;
        }
        requireBeforePrepare(call);
        if (stage.isRollbackOnly()) {
            throw new RollbackException(call + ": " + this
                    + (stage.isMarked()
                            ? " is marked rollback-only"
                            : ending.get() ? " is being rolled back" : " was rolled back by its timeout"));
        }
    }

    @Override
    public void registerSynchronization(Synchronization synchronization) throws RollbackException {
        requireActive("registerSynchronization");
        current.remember(this);
        synchronizations.add(Objects.requireNonNull(synchronization, "the synchronization is null"));
    }

    void registerInterposed(Synchronization synchronization) {
        requireBeforePrepare("registerInterposedSynchronization");
        current.remember(this);
        synchronizations.addInterposed(Objects.requireNonNull(synchronization, "the synchronization is null"));
    }

    void put(Object key, Object value) {
        synchronized (values) {
            values.put(key, value);
        }
    }

    Optional<Object> get(Object key) {
        synchronized (values) {
            return Optional.ofNullable(values.get(key));
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
        stage.mark();
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
                stage.mark();
            }
            return delisted;
        } catch (IllegalStateException busy) {
            throw Failures.system(resource + " can't be delisted from " + this + ": " + busy.getMessage(), busy);
        } catch (XAException failure) {
            stage.mark();
            throw Failures.system(
                    resource + " can't be delisted from " + this + ", XA error " + failure.errorCode, failure);
        }
    }

    /** The database's connection in this transaction; one that can't be had leaves only the rollback. */
    Connection connection(XaParticipant database) throws SQLException {
        if (over || !stage.isBeforePrepare()) {
            throw new SQLException("no connection in " + this + ", which is " + (over ? "over" : "being committed"));
        }
        try {
            return database.connection(avow);
        } catch (SQLException unreachable) {
            stage.mark();
            throw unreachable;
        } catch (RuntimeException | Error failure) {
            stage.mark();
            throw new SQLException("no connection in " + this + ": " + failure.getMessage(), failure);
        }
    }

    @Override
    public String toString() {
        return avow.name() + " (" + avow.id() + ")";
    }
}
