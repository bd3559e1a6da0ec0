package dev.avow.xa;

import dev.avow.engine.HeuristicException;
import dev.avow.engine.TransactionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connection over which branches are found and settled that have none of their own. Opened when first needed, kept,
 * and opened anew after an error. No branch depends on it, so closing it harms none. Further participants over the same
 * resource manager share it; each asks for its own branches by its name.
 */
final class RecoverySession implements AutoCloseable {
    private final String participant;
    private final XaResourceFactory factory;
    private final Duration patience;

    private final Turn turn = new Turn();

    private final ReentrantLock lock;
    /** Guarded by lock. */
    private Optional<XaSession> session = Optional.empty();

    private volatile boolean closed;

    RecoverySession(String participant, XaResourceFactory factory, Duration patience) {
        this(participant, factory, patience, new ReentrantLock());
    }

    RecoverySession(String participant, XaResourceFactory factory, Duration patience, ReentrantLock lock) {
        this.participant = participant;
        this.factory = factory;
        this.patience = patience;
        this.lock = lock;
    }

    /** Every call here takes it; a branch's own do where its resource needs it. */
    Turn turn() {
        return turn;
    }

    List<TransactionId> inDoubt(String name) throws Exception {
        return use(name, XaCalls::recover);
    }

    boolean lists(AvowXid xid) throws Exception {
        return use(xid.participant(), calls -> calls.recover().contains(xid.id()));
    }

    /** An earlier run may have sent the commit, so a branch unknown to the resource has been committed. */
    void commit(AvowXid xid) throws Exception {
        use(xid.participant(), calls -> {
            Settling.commit(calls, xid, true, branch -> calls.recover().contains(branch.id()));
            return xid;
        });
    }

    void abort(AvowXid xid) throws Exception {
        use(xid.participant(), calls -> {
            Quirks.beforeRollbackElsewhere(calls);
            Settling.abort(calls, xid, branch -> calls.recover().contains(branch.id()));
            return xid;
        });
    }

    void forget(AvowXid xid) throws Exception {
        use(xid.participant(), calls -> {
            calls.forget(xid);
            return xid;
        });
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(XaCalls calls) throws Exception;
    }

    private <T> T use(String name, Use<T> use) throws Exception {
        // The untimed one first: an interrupted thread may have what nobody holds.
        if (!lock.tryLock() && !lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("participant \"" + participant + "\": its recovery connection has been busy for "
                    + patience + "; it is asked again");
        }
        try {
            return session.isPresent() ? onKept(name, use) : onOpen(name, use);
        } finally {
            lock.unlock();
            // Only now: a close that came before found the lock taken, and left this to us.
            if (closed) {
                dropUnlessBusy();
            }
        }
    }

    /** The resource may have restarted since the last use, which says nothing about now. */
    private <T> T onKept(String name, Use<T> use) throws Exception {
        try {
            return onOpen(name, use);
        } catch (XaFailure failure) {
            if (failure.sense() == XaCode.Sense.UNAVAILABLE) {
                return onOpen(name, use);
            }
            throw failure;
        }
    }

    private <T> T onOpen(String name, Use<T> use) throws Exception {
        try {
            return use.of(new XaCalls(name, open().resource(), Optional.of(turn)));
        } catch (HeuristicException answered) {
            throw answered;
        } catch (Exception | Error failure) {
            drop();
            throw failure;
        }
    }

    private XaSession open() throws Exception {
        if (closed) {
            throw new IllegalStateException("participant \"" + participant + "\" is closed");
        }
        XaSession open = session.isPresent() ? session.get() : factory.open();
        session = Optional.of(open);
        return open;
    }

    private void drop() {
        session.ifPresent(broken -> {
            try {
                broken.close();
            } catch (Exception alreadyBroken) {
                // It was being thrown away.
            }
        });
        session = Optional.empty();
    }

    /** Doesn't wait for a call that hangs: that one closes the connection when it returns. */
    @Override
    public void close() {
        closed = true;
        dropUnlessBusy();
    }

    private void dropUnlessBusy() {
        if (lock.tryLock()) {
            try {
                drop();
            } finally {
                lock.unlock();
            }
        }
    }
}
