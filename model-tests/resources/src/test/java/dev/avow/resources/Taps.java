package dev.avow.resources;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Sees the XA calls of a resource, and does something at some of them, once each. Safe for any number of threads. */
final class Taps {
    /** When, seen from the call. */
    enum When {
        BEFORE,
        /** The caller hears the answer. */
        AFTER,
        /** The caller hears no answer. */
        REPLY_LOST
    }

    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    private record Tap(String call, When when, Action action) {}

    private final List<Tap> taps = new CopyOnWriteArrayList<>();
    private final Set<String> made = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;

    Taps at(String call, When when, Action action) {
        taps.add(new Tap(call, when, action));
        return this;
    }

    /** As a resource that finds a constraint broken: each prepare rolls the branch back. */
    Taps refusingToPrepare() {
        refusing = true;
        return this;
    }

    /** The calls that there were. */
    Set<String> made() {
        return Set.copyOf(made);
    }

    /** Those whose call hasn't come. */
    List<String> unused() {
        return taps.stream().map(tap -> tap.when() + " " + tap.call()).toList();
    }

    XADataSource over(XADataSource source) {
        return proxy(XADataSource.class, (proxy, method, arguments) -> {
            Object result = call(source, method, arguments);
            return result instanceof XAConnection connection ? over(connection) : result;
        });
    }

    private XAConnection over(XAConnection connection) {
        return proxy(XAConnection.class, (proxy, method, arguments) -> {
            Object result = call(connection, method, arguments);
            return result instanceof XAResource resource ? over(resource) : result;
        });
    }

    XAResource over(XAResource resource) {
        return proxy(XAResource.class, (proxy, method, arguments) -> {
            String name = method.getName();
            made.add(name);
            run(name, When.BEFORE);
            if (refusing && name.equals("prepare")) {
                resource.rollback((Xid) arguments[0]);
                throw failure(XAException.XA_RBINTEGRITY);
            }
            try {
                return call(resource, method, arguments);
            } finally {
                // An XAException is an answer, too: Derby marks a failed branch by one.
                run(name, When.AFTER);
                loseReply(name);
            }
        });
    }

    private void loseReply(String call) throws Exception {
        if (run(call, When.REPLY_LOST)) {
            throw failure(XAException.XAER_RMFAIL);
        }
    }

    private static XAException failure(int code) {
        XAException failure = new XAException("said by a test, code " + code);
        failure.errorCode = code;
        return failure;
    }

    private boolean run(String call, When when) throws Exception {
        Optional<Tap> next = taps.stream()
                .filter(tap -> tap.call().equals(call) && tap.when() == when)
                .findFirst();
        // Whoever takes it off the list runs it, and runs it without it: an action may make calls itself.
        if (next.isEmpty() || !taps.remove(next.get())) {
            return false;
        }
        next.get().action().run();
        return true;
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause() == null ? failure : failure.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Taps.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
