package dev.avow.benchmarks.manager;

import java.util.concurrent.locks.LockSupport;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Does nothing, at once, and counts how often it was asked to. Of a resource manager of its own, so that no two of them
 * share a branch. For one thread; some managers want a subclass.
 */
public class NoOpResource implements XAResource {
    private static final boolean SLEEPS = Slowed.SLEEP_IN_PREPARE.isHere();
    private static final long SLEEP_NANOS = 500_000;

    private long prepared;
    private long committed;

    /** How many branches were prepared. */
    public final long prepared() {
        return prepared;
    }

    /** How many prepared branches were committed. */
    public final long committed() {
        return committed;
    }

    @Override
    public void start(Xid xid, int flags) {}

    @Override
    public void end(Xid xid, int flags) {}

    @Override
    public int prepare(Xid xid) throws XAException {
        if (SLEEPS) {
            LockSupport.parkNanos(SLEEP_NANOS);
        }
        prepared++;
        return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        if (onePhase) {
            throw new XAException(XAException.XAER_PROTO);
        }
        committed++;
    }

    @Override
    public void rollback(Xid xid) {}

    @Override
    public void forget(Xid xid) {}

    @Override
    public Xid[] recover(int flag) {
        return new Xid[0];
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }
}
