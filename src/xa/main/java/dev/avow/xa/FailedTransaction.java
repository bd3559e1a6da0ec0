package dev.avow.xa;

import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.transaction.xa.XAResource;

/**
 * Whether a PostgreSQL session's transaction has failed: an SQL error there spoils all that was done before it, also if the
 * application has caught it. {@code PREPARE TRANSACTION} and {@code COMMIT} then roll back and say so in a word that pgjdbc
 * 42.7 doesn't read: it votes yes for a branch that is gone. The driver knows the state without asking the server.
 */
final class FailedTransaction {
    private static final String SESSION = "org.postgresql.core.BaseConnection";
    private static final String FAILED = "FAILED";

    static boolean isIn(Lease lease) throws ReflectiveOperationException, SQLException {
        Optional<Object> session =
                lease.connection().isPresent() ? sessionOf(lease.connection().get()) : sessionOf(lease.resource());
        return session.isPresent() && isFailed(session.get());
    }

    private static Optional<Object> sessionOf(Connection connection) throws SQLException {
        Optional<Class<?>> type = typeIn(connection.getClass().getClassLoader());
        return type.isPresent() && connection.isWrapperFor(type.get())
                ? Optional.of(connection.unwrap(type.get()))
                : Optional.empty();
    }

    /** The driver's resource is its connection, too, and keeps the session to itself. */
    private static Optional<Object> sessionOf(XAResource lent) throws ReflectiveOperationException {
        XAResource resource = Quirks.driversOwn(lent);
        if (!resource.getClass().getName().equals("org.postgresql.xa.PGXAConnection")) {
            return Optional.empty();
        }
        Field session = resource.getClass().getDeclaredField("conn");
        session.setAccessible(true);
        return Optional.ofNullable(session.get(resource));
    }

    private static Optional<Class<?>> typeIn(ClassLoader driver) {
        try {
            return Optional.of(Class.forName(SESSION, false, driver));
        } catch (ClassNotFoundException another) {
            return Optional.empty();
        }
    }

    private static boolean isFailed(Object session) throws ReflectiveOperationException {
        Class<?> type = Class.forName(SESSION, false, session.getClass().getClassLoader());
        return FAILED.equals(
                String.valueOf(type.getMethod("getTransactionState").invoke(session)));
    }

    private FailedTransaction() {}
}
