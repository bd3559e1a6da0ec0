package dev.avow.jta;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.XAConnection;

/** A connection outside of any transaction, which takes the physical one with it when it is closed. */
final class LocalConnection {
    private LocalConnection() {}

    static Connection of(XAConnection physical) throws SQLException {
        try {
            Connection handle = physical.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    LocalConnection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        try {
                            return switch (method.getName()) {
                                case "equals" -> proxy == arguments[0];
                                case "hashCode" -> System.identityHashCode(proxy);
                                default -> method.invoke(handle, arguments);
                            };
                        } catch (InvocationTargetException failure) {
                            throw failure.getCause() == null ? failure : failure.getCause();
                        } finally {
                            if (method.getName().equals("close")) {
                                physical.close();
                            }
                        }
                    });
        } catch (SQLException | RuntimeException failure) {
            physical.close();
            throw failure;
        }
    }
}
