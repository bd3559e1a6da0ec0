package dev.avow.jta;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** One resource of a policed manager, with its own row of C193's table of associations. */
final class PolicedResource implements XAResource {
    /** The number of those that recovery opens. */
    static final int RECOVERY = 0;

    @FunctionalInterface
    private interface Answer {
        int give() throws XAException;
    }

    private final Policed manager;
    private final int number;
    private final AtomicInteger callers = new AtomicInteger();
    /** Guarded by manager, as is what is suspended. */
    private Optional<Policed.Key> active = Optional.empty();

    private final Set<Policed.Key> suspended = new HashSet<>();

    PolicedResource(Policed manager, int number) {
        this.manager = manager;
        this.number = number;
    }

    Policed manager() {
        return manager;
    }

    boolean worksFor(Policed.Key key) {
        synchronized (manager) {
            return isActive(key) || suspended.contains(key);
        }
    }

    private boolean isActive(Policed.Key key) {
        return active.filter(key::equals).isPresent();
    }

    private int called(String words, Answer answer) throws XAException {
        if (callers.incrementAndGet() > 1) {
            manager.violated("two threads at once in resource " + this + ", " + words);
        }
        manager.called(number == RECOVERY ? "recovery's " + words : words + " @" + number);
        try {
            return answer.give();
        } finally {
            callers.decrementAndGet();
        }
    }

    private void require(boolean legal, String words) {
        if (!legal) {
            manager.violated(words + " at resource " + this);
        }
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        called("start" + words(flags), () -> {
            manager.play("start");
            synchronized (manager) {
                associate(xid, flags);
            }
            return XA_OK;
        });
    }

    private void associate(Xid xid, int flags) {
        Policed.Key key = Policed.Key.of(xid);
        require(active.isEmpty(), "start while it works for a branch");
        switch (flags) {
            case TMNOFLAGS -> manager.begin(key, xid);
            case TMJOIN -> {
                require(manager.state(key).equals(Optional.of(Policed.State.WORKING)), "join of " + manager.state(key));
                require(!suspended.contains(key), "join of what is suspended");
            }
            case TMRESUME -> require(suspended.remove(key), "resume of what isn't suspended");
            default -> manager.violated("start with flags " + flags);
        }
        active = Optional.of(key);
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        Policed.Key key = Policed.Key.of(xid);
        called("end" + words(flags), () -> {
            require(flags == TMSUSPEND ? activeNow(key) : worksFor(key), "end of what isn't associated");
            try {
                manager.play("end");
            } catch (XAException failure) {
                if (Policed.isRollback(failure)) {
                    dissociate(key, TMFAIL);
                }
                throw failure;
            }
            dissociate(key, flags);
            return XA_OK;
        });
    }

    private boolean activeNow(Policed.Key key) {
        synchronized (manager) {
            return isActive(key);
        }
    }

    private void dissociate(Policed.Key key, int flags) {
        synchronized (manager) {
            if (isActive(key)) {
                active = Optional.empty();
            }
            suspended.remove(key);
            if (flags == TMSUSPEND) {
                suspended.add(key);
            }
            if (flags == TMFAIL) {
                manager.becomes(key, Policed.State.ROLLBACK_ONLY);
            }
        }
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        return called("prepare", () -> {
            settle("prepare", xid, Set.of(Policed.State.WORKING));
            manager.becomes(Policed.Key.of(xid), manager.isReadOnly() ? Policed.State.ENDED : Policed.State.PREPARED);
            return manager.isReadOnly() ? XA_RDONLY : XA_OK;
        });
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        called(onePhase ? "commit in one phase" : "commit", () -> {
            settle("commit", xid, Set.of(onePhase ? Policed.State.WORKING : Policed.State.PREPARED));
            return ended(xid);
        });
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        called("rollback", () -> {
            if (manager.state(Policed.Key.of(xid)).equals(Optional.of(Policed.State.ALONE))) {
                throw Policed.failure(XAException.XAER_NOTA);
            }
            settle("rollback", xid, Set.of(Policed.State.WORKING, Policed.State.PREPARED, Policed.State.ROLLBACK_ONLY));
            return ended(xid);
        });
    }

    @Override
    public void forget(Xid xid) throws XAException {
        called("forget", () -> {
            settle("forget", xid, Set.of(Policed.State.HEURISTIC));
            return ended(xid);
        });
    }

    private void settle(String call, Xid xid, Set<Policed.State> legal) throws XAException {
        Policed.Key key = Policed.Key.of(xid);
        manager.requireNobodyAtWork(call, key);
        Optional<Policed.State> state = manager.state(key);
        if (number == RECOVERY && state.equals(Optional.of(Policed.State.ENDED))) {
            // It can't know what others have ended meanwhile.
            throw Policed.failure(XAException.XAER_NOTA);
        }
        if (state.filter(legal::contains).isEmpty()) {
            manager.violated(call + " of a branch that is " + state);
            throw Policed.failure(XAException.XAER_PROTO);
        }
        try {
            manager.play(call);
        } catch (XAException failure) {
            if (failure.errorCode >= XAException.XA_HEURMIX && failure.errorCode <= XAException.XA_HEURHAZ) {
                manager.becomes(key, Policed.State.HEURISTIC);
            } else if (Policed.isRollback(failure)) {
                manager.becomes(key, Policed.State.ALONE);
            }
            throw failure;
        }
    }

    private int ended(Xid xid) {
        manager.becomes(Policed.Key.of(xid), Policed.State.ENDED);
        return XA_OK;
    }

    @Override
    public Xid[] recover(int flag) {
        return manager.inDoubt();
    }

    @Override
    public boolean isSameRM(XAResource other) throws XAException {
        manager.play("isSameRM");
        return manager.isJoining() && other instanceof PolicedResource another && another.manager == manager;
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        manager.violated("setTransactionTimeout, which some take for the time in which to commit");
        return false;
    }

    private static String words(int flag) {
        return switch (flag) {
            case TMNOFLAGS, TMSUCCESS -> "";
            case TMJOIN -> " join";
            case TMRESUME -> " resume";
            case TMFAIL -> " fail";
            case TMSUSPEND -> " suspend";
            default -> " with flags " + flag;
        };
    }

    @Override
    public String toString() {
        return manager.name + " @" + number;
    }
}
