package dev.avow.xa;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Answers as it is told to, else with success, and writes down what it was asked. */
final class ScriptedResource implements XAResource, XaResourceFactory, XaSession {
    enum Call {
        START,
        END,
        PREPARE,
        COMMIT,
        COMMIT_ONE_PHASE,
        ROLLBACK,
        FORGET,
        RECOVER
    }

    /** Guarded by this, like all below. */
    private final Map<Call, Deque<Throwable>> failures = new EnumMap<>(Call.class);

    private final List<String> calls = new ArrayList<>();
    private final List<Xid> listed = new ArrayList<>();
    private boolean readOnly;
    private Optional<CountDownLatch> prepareHeld = Optional.empty();

    synchronized ScriptedResource failing(Call call, XaCode code) {
        XAException failure = new XAException("as scripted");
        failure.errorCode = code.number();
        return failing(call, failure);
    }

    synchronized ScriptedResource failing(Call call, Throwable failure) {
        failures.computeIfAbsent(call, unused -> new ArrayDeque<>()).add(failure);
        return this;
    }

    synchronized ScriptedResource listing(Xid xid) {
        listed.add(xid);
        return this;
    }

    synchronized ScriptedResource readOnly() {
        readOnly = true;
        return this;
    }

    /** Lets prepare wait until the latch is open. */
    synchronized ScriptedResource holdingPrepare(CountDownLatch latch) {
        prepareHeld = Optional.of(latch);
        return this;
    }

    /** The calls so far, such as {@code "start prepare commit"}. */
    synchronized String calls() {
        return String.join(" ", calls);
    }

    private synchronized void called(Call call, String detail) throws XAException {
        calls.add(call.name().toLowerCase(Locale.ROOT) + detail);
        Deque<Throwable> script = failures.getOrDefault(call, new ArrayDeque<>());
        if (!script.isEmpty()) {
            Throwable failure = script.remove();
            if (failure instanceof XAException scripted) {
                throw scripted;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }
    }

    @Override
    public XaSession open() {
        synchronized (this) {
            calls.add("open");
        }
        return this;
    }

    @Override
    public XAResource resource() {
        return this;
    }

    @Override
    public synchronized void close() {
        calls.add("close");
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        called(Call.START, flags == TMJOIN ? "(join)" : flags == TMRESUME ? "(resume)" : "");
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        called(Call.END, flags == TMFAIL ? "(fail)" : flags == TMSUSPEND ? "(suspend)" : "");
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        called(Call.PREPARE, "");
        Optional<CountDownLatch> held;
        synchronized (this) {
            held = prepareHeld;
        }
        held.ifPresent(ScriptedResource::await);
        synchronized (this) {
            return readOnly ? XA_RDONLY : XA_OK;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        called(onePhase ? Call.COMMIT_ONE_PHASE : Call.COMMIT, "");
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        called(Call.ROLLBACK, "");
    }

    @Override
    public void forget(Xid xid) throws XAException {
        called(Call.FORGET, "");
    }

    @Override
    public synchronized Xid[] recover(int flag) throws XAException {
        called(Call.RECOVER, "");
        return listed.toArray(new Xid[0]);
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }
}
