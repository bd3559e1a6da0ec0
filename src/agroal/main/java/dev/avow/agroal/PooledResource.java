package dev.avow.agroal;

import java.sql.SQLException;
import java.sql.Wrapper;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * The driver's resource of one of the pool's connections, never called beneath a running statement. Avow unwraps it to know
 * the driver's quirks.
 */
final class PooledResource implements XAResource, Wrapper {
    private final XAResource driver;
    private final Straggler straggler;

    PooledResource(XAResource driver, Straggler straggler) {
        this.driver = driver;
        this.straggler = straggler;
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        driver.start(xid, flags);
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        // Before a commit its thread waits for that, and works no more.
        if (flags == XAResource.TMFAIL) {
            straggler.await();
        }
        driver.end(xid, flags);
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        return driver.prepare(xid);
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        driver.commit(xid, onePhase);
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        // Avow goes on to it also after a failed end.
        straggler.await();
        driver.rollback(xid);
    }

    @Override
    public void forget(Xid xid) throws XAException {
        driver.forget(xid);
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        return driver.recover(flag);
    }

    @Override
    public boolean isSameRM(XAResource other) throws XAException {
        return driver.isSameRM(other instanceof PooledResource pooled ? pooled.driver : other);
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return driver.getTransactionTimeout();
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return driver.setTransactionTimeout(seconds);
    }

    @Override
    public String toString() {
        return driver.toString();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(driver)) {
            return type.cast(driver);
        }
        throw new SQLException("the driver's resource is no " + type.getName() + " but a "
                + driver.getClass().getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(driver);
    }
}
