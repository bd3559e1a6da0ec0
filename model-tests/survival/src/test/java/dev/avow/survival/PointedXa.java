package dev.avow.survival;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;

/** A database with a point before and after each XA call that it gets. */
final class PointedXa {
    private static final Set<String> CALLS =
            Set.of("start", "end", "prepare", "commit", "rollback", "recover", "forget");

    private final String participant;
    private final Points points;

    private PointedXa(String participant, Points points) {
        this.participant = participant;
        this.points = points;
    }

    static XADataSource over(XADataSource database, String participant, Points points) {
        PointedXa pointed = new PointedXa(participant, points);
        return proxy(XADataSource.class, (proxy, method, arguments) -> {
            Object result = call(database, method, arguments);
            return result instanceof XAConnection connection ? pointed.over(connection) : result;
        });
    }

    private XAConnection over(XAConnection connection) {
        return proxy(XAConnection.class, (proxy, method, arguments) -> {
            Object result = call(connection, method, arguments);
            return result instanceof XAResource resource ? over(resource) : result;
        });
    }

    private XAResource over(XAResource resource) {
        return proxy(XAResource.class, (proxy, method, arguments) -> {
            if (!CALLS.contains(method.getName())) {
                return call(resource, method, arguments);
            }
            points.pass(participant + ": before " + method.getName());
            Object result = call(resource, method, arguments);
            points.pass(participant + ": after " + method.getName());
            return result;
        });
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause() == null ? failure : failure.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(PointedXa.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
