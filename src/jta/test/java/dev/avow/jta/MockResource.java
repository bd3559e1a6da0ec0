package dev.avow.jta;

import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Writes down what it is asked, and fails where it is told to. */
final class MockResource implements XAResource {
    final List<String> calls = new ArrayList<>();
    /** The status that its transaction has at each call, where it was told to ask. */
    final List<Integer> statuses = new ArrayList<>();

    /** The seconds that it was given; none at first. */
    final List<Integer> timeouts = new ArrayList<>();

    private final String manager;
    private Optional<Transaction> asked = Optional.empty();
    private String failing = "";
    private int code;
    private String held = "";
    private Runnable meanwhile = () -> {};
    private boolean readOnly;

    /** The only one of its resource manager. */
    MockResource() {
        this("");
    }

    /** One of several of this resource manager. */
    MockResource(String manager) {
        this.manager = manager;
    }

    MockResource readOnly() {
        readOnly = true;
        return this;
    }

    /** During the call of this name does this. */
    MockResource during(String call, Runnable work) {
        held = call;
        meanwhile = work;
        return this;
    }

    MockResource failing(String call, int xaCode) {
        failing = call;
        code = xaCode;
        return this;
    }

    MockResource asking(Transaction transaction) {
        asked = Optional.of(transaction);
        return this;
    }

    private void called(String call) throws XAException {
        noted(call);
        if (call.equals(held)) {
            meanwhile.run();
        }
        if (call.equals(failing)) {
            XAException failure = new XAException("as told");
            failure.errorCode = code;
            throw failure;
        }
    }

    private synchronized void noted(String call) {
        calls.add(call);
        if (asked.isPresent()) {
            try {
                statuses.add(asked.get().getStatus());
            } catch (SystemException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        called("start" + (flags == TMJOIN ? " join" : flags == TMRESUME ? " resume" : ""));
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        called("end" + (flags == TMFAIL ? " fail" : flags == TMSUSPEND ? " suspend" : ""));
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        called("prepare");
        return readOnly ? XA_RDONLY : XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        called(onePhase ? "commit in one phase" : "commit");
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        called("rollback");
    }

    @Override
    public void forget(Xid xid) throws XAException {
        called("forget");
    }

    @Override
    public Xid[] recover(int flag) {
        return new Xid[0];
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return other == this
                || (!manager.isEmpty() && other instanceof MockResource mock && mock.manager.equals(manager));
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        timeouts.add(seconds);
        return true;
    }
}
