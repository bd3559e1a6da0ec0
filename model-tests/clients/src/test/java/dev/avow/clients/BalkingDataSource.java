package dev.avow.clients;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.h2.jdbcx.JdbcDataSource;

/** An H2 whose connections refuse one kind of XA call while they are told to. A pool makes it by its class: hence static. */
public final class BalkingDataSource implements XADataSource {
    /** The method of XAResource that answers "not now"; none if empty. */
    static final AtomicReference<String> REFUSED = new AtomicReference<>("");

    private final JdbcDataSource real = new JdbcDataSource();

    public void setUrl(String url) {
        real.setURL(url);
    }

    public void setUser(String user) {
        real.setUser(user);
    }

    public void setPassword(String password) {
        real.setPassword(password);
    }

    @Override
    public XAConnection getXAConnection() throws SQLException {
        XAConnection connection = real.getXAConnection();
        XAResource willing = connection.getXAResource();
        XAResource balking = proxy(XAResource.class, (proxy, method, arguments) -> {
            if (method.getName().equals(REFUSED.get())) {
                throw new XAException(XAException.XA_RETRY);
            }
            return call(willing, method, arguments);
        });
        return proxy(
                XAConnection.class,
                (proxy, method, arguments) ->
                        method.getName().equals("getXAResource") ? balking : call(connection, method, arguments));
    }

    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
        return getXAConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        return real.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        real.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) {
        real.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() {
        return real.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return real.getParentLogger();
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(BalkingDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause() == null ? failure : failure.getCause();
        }
    }
}
