package dev.avow.xa;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.Optional;
import java.util.Set;

/**
 * The connection that the application works with: the driver's own, without the calls and the SQL that would end the
 * branch behind the coordinator's back, and closed when the branch's work ends. JDBC 4.3, section 12.4 (distributed
 * transactions). Not seen are SQL in procedures and behind another statement, and what {@code unwrap} leads to.
 */
final class GuardedConnection {
    private static final Set<String> TAKES_SQL = Set.of(
            "execute",
            "executeQuery",
            "executeUpdate",
            "executeLargeUpdate",
            "addBatch",
            "prepareStatement",
            "prepareCall");

    private final Owner owner;
    private final Connection driver;
    private final Gate gate;
    private final Connection guarded;

    /** Written inside the gate, read once it is empty. */
    private boolean settingsChanged;

    GuardedConnection(Owner owner, Connection driver, Gate gate) {
        this.owner = owner;
        this.driver = driver;
        this.gate = gate;
        this.guarded = proxy(Connection.class, new OfConnection());
    }

    Connection connection() {
        return guarded;
    }

    /** Whether isolation, schema or the like may differ from what the next transaction expects. */
    boolean settingsChanged() {
        return settingsChanged;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(GuardedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private SQLException refusal(Method method, String advice) {
        return new SQLException(method.getName() + "() on the connection of " + owner
                + ": its transaction is ended as a whole, so " + advice);
    }

    /** What a handle answers by itself, and the way through the gate for all else. */
    private abstract class Handle implements InvocationHandler {
        private final Wrapper target;

        Handle(Wrapper target) {
            this.target = target;
        }

        @Override
        public final Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            return switch (method.getName()) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                case "toString" -> owner + ": " + target;
                case "unwrap" -> ((Class<?>) arguments[0]).isInstance(proxy) ? proxy : pass(method, arguments);
                case "isWrapperFor" -> ((Class<?>) arguments[0]).isInstance(proxy) || passes(method, arguments);
                default -> {
                    requireNoEnd(method, arguments);
                    yield answer(method, arguments);
                }
            };
        }

        private void requireNoEnd(Method method, Object[] arguments) throws SQLException {
            if (TAKES_SQL.contains(method.getName())
                    && arguments != null
                    && arguments[0] instanceof String sql
                    && SqlText.endsTransaction(sql)) {
                throw new SQLException("\"" + sql.strip() + "\" on the connection of " + owner
                        + ": its transaction is ended as a whole, so call Transaction.commit() or abort()");
            }
        }

        private boolean passes(Method method, Object[] arguments) throws Throwable {
            return Boolean.TRUE.equals(pass(method, arguments));
        }

        abstract Object answer(Method method, Object[] arguments) throws Throwable;

        Object pass(Method method, Object[] arguments) throws Throwable {
            gate.enter();
            try {
                return call(method, arguments);
            } finally {
                gate.leave();
            }
        }

        final Object call(Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getTargetException();
            }
        }
    }

    private final class OfConnection extends Handle {
        OfConnection() {
            super(driver);
        }

        @Override
        Object answer(Method method, Object[] arguments) throws Throwable {
            return switch (method.getName()) {
                // Released at the transaction's end; the proxy drops what a method without a result returns.
                case "close" -> "";
                case "isClosed" -> gate.isShut() || driver.isClosed();
                case "commit" -> throw refusal(method, "call Transaction.commit()");
                case "rollback", "abort" -> throw refusal(method, "call Transaction.abort()");
                case "setSavepoint", "releaseSavepoint" ->
                    throw refusal(method, "there are no savepoints in it: use a transaction of its own");
                case "setAutoCommit" -> setAutoCommit(method, arguments);
                default -> guard(method, pass(method, arguments));
            };
        }

        private Object setAutoCommit(Method method, Object[] arguments) throws SQLException {
            if (Boolean.TRUE.equals(arguments[0])) {
                throw refusal(method, "work that commits by itself needs a connection from elsewhere");
            }
            return "";
        }

        private Object guard(Method method, Object result) {
            if (result instanceof Statement statement) {
                return guarded(method.getReturnType(), statement);
            }
            return result instanceof DatabaseMetaData metaData
                    ? proxy(DatabaseMetaData.class, new OfMetaData(metaData))
                    : result;
        }

        @Override
        Object pass(Method method, Object[] arguments) throws Throwable {
            gate.enter();
            try {
                if (method.getName().startsWith("set")) {
                    settingsChanged = true;
                }
                Object result = call(method, arguments);
                if (result instanceof Statement statement) {
                    gate.opened(statement);
                }
                return result;
            } finally {
                gate.leave();
            }
        }
    }

    private Object guarded(Class<?> type, Statement statement) {
        OfStatement handle = new OfStatement(statement);
        handle.itself = Optional.of(proxy(type, handle));
        return handle.itself.get();
    }

    private final class OfStatement extends Handle {
        private final Statement statement;
        /** What its results name as their statement. */
        private Optional<Object> itself = Optional.empty();

        OfStatement(Statement statement) {
            super(statement);
            this.statement = statement;
        }

        @Override
        Object answer(Method method, Object[] arguments) throws Throwable {
            return switch (method.getName()) {
                case "getConnection" -> guarded;
                case "isClosed" -> gate.isShut() || statement.isClosed();
                case "close" -> close(method, arguments);
                case "cancel" -> call(method, arguments);
                default -> guard(pass(method, arguments));
            };
        }

        private Object guard(Object result) {
            return result instanceof ResultSet rows ? proxy(ResultSet.class, new OfRows(rows, itself)) : result;
        }

        private Object close(Method method, Object[] arguments) throws Throwable {
            // One that the branch's end has closed may be closed again, at the end of a try, say.
            return gate.closed(statement) ? call(method, arguments) : "";
        }

        @Override
        Object pass(Method method, Object[] arguments) throws Throwable {
            gate.enter(statement);
            try {
                return call(method, arguments);
            } finally {
                gate.leave(statement);
            }
        }
    }

    /** Reads and closes as the driver does; only the way back to the connection is guarded. */
    private final class OfRows extends Handle {
        private final Optional<Object> statement;

        /** @param statement whose result it is; empty for metadata */
        OfRows(ResultSet rows, Optional<Object> statement) {
            super(rows);
            this.statement = statement;
        }

        @Override
        Object answer(Method method, Object[] arguments) throws Throwable {
            if (!method.getName().equals("getStatement")) {
                return call(method, arguments);
            }
            Object known = call(method, arguments);
            return known instanceof Statement internal
                    ? statement.orElseGet(() -> guarded(Statement.class, internal))
                    : known;
        }
    }

    private final class OfMetaData extends Handle {
        OfMetaData(DatabaseMetaData metaData) {
            super(metaData);
        }

        @Override
        Object answer(Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("getConnection")) {
                return guarded;
            }
            Object result = pass(method, arguments);
            return result instanceof ResultSet rows
                    ? proxy(ResultSet.class, new OfRows(rows, Optional.empty()))
                    : result;
        }
    }
}
