package dev.avow.xa;

import dev.avow.engine.HeuristicException;
import dev.avow.engine.Transaction;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.transaction.xa.XAResource;

/**
 * One branch that this process has begun, until it is settled.
 *
 * <p>Its calls come one at a time, each under the lock. An abort that overtakes a hanging call waits for it no longer
 * than the patience; it leaves the branch doomed, so that the call itself aborts when it returns, or else recovery does:
 * a doomed branch counts as in doubt.
 *
 * <p>The connection of a prepared branch is never closed before the branch is settled: some drivers (see {@link Quirks})
 * would roll it back. (NoRegret) After an error on it the branch is settled over the recovery connection.
 */
final class XaBranch {
    /** NEW → WORKING → PREPARED → SETTLED; NEW → SETTLED; WORKING → SETTLED. */
    private enum State {
        NEW,
        WORKING,
        PREPARED,
        SETTLED
    }

    private final AvowXid xid;
    private final Owner owner;
    private final RecoverySession recovery;
    private final Duration patience;
    private final Consumer<XaBranch> whenSettled;

    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by lock, like all below but doomed. */
    private final BranchWork work;

    private final Route route;

    private State state = State.NEW;
    /** Set without the lock by an abort that can't get it; read under it by the call that holds it. */
    private volatile boolean doomed;

    XaBranch(
            AvowXid xid,
            Transaction transaction,
            RecoverySession recovery,
            Duration patience,
            Consumer<XaBranch> whenSettled) {
        this.xid = xid;
        this.owner = new Owner(xid, transaction.name());
        this.recovery = recovery;
        this.patience = patience;
        this.whenSettled = whenSettled;
        this.work = new BranchWork(xid, owner, patience, recovery.turn());
        this.route = new Route(xid, work, recovery);
    }

    /** Whether it has to be aborted and isn't yet. */
    boolean isDoomed() {
        return doomed;
    }

    /** Begins the branch, unless it has begun, and returns its connection. */
    Connection connection(BranchWork.Leasing leasing) throws Exception {
        return locked("start", () -> {
            begin(leasing);
            return work.connection();
        });
    }

    /** Begins the branch, unless it has begun; returns whether it works on this resource. */
    boolean beginOn(XAResource resource, BranchWork.Leasing leasing) throws Exception {
        return locked("start", () -> {
            begin(leasing);
            return work.isOn(resource);
        });
    }

    private void begin(BranchWork.Leasing leasing) throws Exception {
        switch (state) {
            case NEW -> start(leasing);
            case WORKING -> {}
            case PREPARED, SETTLED -> throw new IllegalStateException(owner + " has ended: begin a transaction");
        }
    }

    private void start(BranchWork.Leasing leasing) throws Exception {
        try {
            work.begin(leasing);
        } catch (Exception | Error failure) {
            // Still NEW: the application may try again, or commit, and then hears no.
            work.release(false);
            throw failure;
        }
        state = State.WORKING;
        if (doomed) {
            abortWork();
            throw new IllegalStateException(owner + " was aborted while it began");
        }
    }

    boolean join(XAResource resource) throws Exception {
        return locked("enlistment", () -> state == State.WORKING && work.join(resource));
    }

    boolean delist(XAResource resource, int flag) throws Exception {
        return locked("delistment", () -> {
            boolean under = state == State.WORKING && work.delist(resource, flag);
            // C193, xa_end with TMFAIL: the branch is rollback-only.
            doomed |= under && flag == XAResource.TMFAIL;
            return under;
        });
    }

    boolean resume(XAResource resource) throws Exception {
        return locked("resumption", () -> {
            if (state != State.WORKING) {
                throw new IllegalStateException(owner + " has ended: begin another transaction");
            }
            return work.resume(resource);
        });
    }

    Vote prepare() throws Exception {
        return locked("prepare", () -> switch (state) {
            case WORKING -> vote();
            case PREPARED -> Vote.YES;
            // Nothing is held. (UnknownVotesNo)
            case NEW, SETTLED -> Vote.NO;
        });
    }

    private Vote vote() throws Exception {
        if (doomed) {
            abortWork();
            return Vote.NO;
        }
        try {
            work.end();
            if (work.calls().prepare(xid)) {
                settled(true);
                return Vote.READ_ONLY;
            }
        } catch (XaFailure failure) {
            return refused(failure);
        }
        state = State.PREPARED;
        if (doomed) {
            // The coordinator's abort found this call under way, and has given up waiting for it.
            abortPrepared();
            return Vote.NO;
        }
        return Vote.YES;
    }

    /** C193, xa_prepare: after XAER_RMERR or XAER_RMFAIL the branch "may or may not have been prepared". */
    private Vote refused(XaFailure failure) throws XaFailure {
        boolean gone = failure.sense() == XaCode.Sense.ROLLED_BACK || failure.sense() == XaCode.Sense.UNKNOWN_BRANCH;
        work.endFailed();
        // After xa_end XA_RB* only marks the branch; after xa_prepare it is gone, and this does nothing.
        boolean rolledBack = work.rollBackQuietly(recovery::lists);
        if (gone || rolledBack) {
            // Known until the abort that follows, which else would look for it over the recovery connection.
            work.release(false);
            state = State.SETTLED;
            doomed = false;
        } else {
            leaveToRecovery();
        }
        if (gone) {
            return Vote.NO;
        }
        throw failure;
    }

    /** No yes has left, so the connection may go with whatever isn't prepared; recovery makes sure of the rest. */
    private void leaveToRecovery() {
        doomed = true;
        route.loseOwn();
    }

    Ending commitOnePhase() throws Exception {
        return locked("one-phase commit", () -> switch (state) {
            case WORKING -> onePhase();
            case PREPARED ->
                throw new IllegalStateException(owner + " is prepared: it can't be committed in one phase any more");
            case NEW -> abortedUnbegun();
            case SETTLED -> Ending.UNKNOWN;
        });
    }

    /** This process has made the branch, so nobody else can have committed it. */
    private Ending abortedUnbegun() {
        settled(false);
        return Ending.ABORTED;
    }

    private Ending onePhase() throws Exception {
        if (doomed || !work.endsWithoutError()) {
            return abortedInstead();
        }
        try {
            Ending ending = Settling.commitOnePhase(work.calls(), xid);
            settled(ending == Ending.COMMITTED);
            return ending;
        } catch (HeuristicException answered) {
            // It stays until it is forgotten.
            state = State.PREPARED;
            throw answered;
        } catch (XaFailure failure) {
            // Harmless if it was committed; if not, no one else would ever release its locks. Over the recovery
            // connection if need be: Derby 10.16 keeps an ended branch when the connection of its work is lost.
            if (work.rollBackQuietly(recovery::lists)) {
                settled(false);
            } else {
                leaveToRecovery();
            }
            throw failure;
        }
    }

    /** The resource was never asked to commit, so this answer is certain even if the abort has to be repeated. */
    private Ending abortedInstead() {
        try {
            abortWork();
        } catch (Exception notYet) {
            doomed = true;
        }
        return Ending.ABORTED;
    }

    void commit() throws Exception {
        locked("commit", () -> {
            switch (state) {
                case PREPARED -> settled(route.commit());
                case SETTLED -> {}
                case NEW, WORKING -> throw new IllegalStateException(owner + " isn't prepared: it can't be committed");
            }
            return xid;
        });
    }

    void abort() throws Exception {
        doomed = true;
        locked("abort", () -> {
            switch (state) {
                case WORKING -> abortWork();
                case PREPARED -> abortPrepared();
                case NEW, SETTLED -> settled(false);
            }
            return xid;
        });
    }

    private void abortPrepared() throws Exception {
        settled(route.abort());
    }

    private void abortWork() throws Exception {
        work.breakOff();
        if (route.hasLostOwn()) {
            recovery.abort(xid);
            settled(false);
            return;
        }
        work.endFailed();
        try {
            Settling.abort(work.calls(), xid, recovery::lists);
        } catch (HeuristicException answered) {
            throw answered;
        } catch (Exception | Error failure) {
            leaveToRecovery();
            throw failure;
        }
        settled(true);
    }

    /** The evidence of a heuristic outcome may go, and with it the branch. */
    void forget() throws Exception {
        locked("forget", () -> {
            if (state != State.SETTLED) {
                route.forget();
                settled(false);
            }
            return xid;
        });
    }

    private void settled(boolean connectionIsReusable) {
        work.release(connectionIsReusable);
        state = State.SETTLED;
        doomed = false;
        whenSettled.accept(this);
    }

    private <T> T locked(String call, Callable<T> body) throws Exception {
        // The untimed one first: an interrupted thread may have what nobody holds.
        if (!lock.tryLock() && !lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException(
                    call + " of " + owner + ": another call on it has been under way for " + patience);
        }
        try {
            return body.call();
        } finally {
            lock.unlock();
        }
    }
}
