package dev.avow.jta;

import dev.avow.xa.XaResourceFactory;
import dev.avow.xa.XaSession;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * What recovery finds where nobody has said how to reach a resource: no branch, and a commit that waits. So a decided
 * commit of such a branch stays in the log, and in {@code avow status}, until a person has seen to it.
 */
final class Unreachable implements XaResourceFactory, XaSession, XAResource {
    @Override
    public XaSession open() {
        return this;
    }

    @Override
    public XAResource resource() {
        return this;
    }

    @Override
    public void close() {}

    @Override
    public Xid[] recover(int flag) {
        return new Xid[0];
    }

    private static XAException unreachable(Xid xid) {
        XAException failure = new XAException("the resource of " + xid
                + " was enlisted without a registered name, so nobody knows how to reach it: end the branch there by hand,"
                + " then resolve it here (avow resolve), and register the resource from now on");
        failure.errorCode = XAException.XAER_RMFAIL;
        return failure;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        throw unreachable(xid);
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        throw unreachable(xid);
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        throw unreachable(xid);
    }

    @Override
    public void forget(Xid xid) throws XAException {
        throw unreachable(xid);
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        throw unreachable(xid);
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        throw unreachable(xid);
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
