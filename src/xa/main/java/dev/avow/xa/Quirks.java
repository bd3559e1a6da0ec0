package dev.avow.xa;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.Wrapper;
import java.util.Optional;
import java.util.Set;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/**
 * Where drivers answer otherwise than the specification says. Every such case stands here, and two
 * elsewhere: H2 2.4.240 rolls a prepared branch back when its XAConnection is closed, so {@link XaBranch} closes none whose
 * branch is prepared; PostgreSQL's driver votes yes for a transaction that has failed, which {@link FailedTransaction} sees.
 */
final class Quirks {
    /** H2's own states for: object closed, connection broken, database closed, closed at shutdown. */
    private static final Set<String> H2_CLOSED = Set.of("90007", "90067", "90098", "90121");

    /** H2's vendor code "transaction not found". */
    private static final int H2_TRANSACTION_NOT_FOUND = 90129;

    /** PostgreSQL's ends of a session by the server: shutdown, crash, start, database dropped, idle timeouts. */
    private static final Set<String> POSTGRES_SESSION_ENDED =
            Set.of("57P01", "57P02", "57P03", "57P04", "57P05", "25P03");

    private static final int CAUSES = 10;

    /** Whether resources of a class are wrappers: at each enlistment the JVM would look for the interface anew. */
    private static final ClassValue<Boolean> WRAPPERS = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return Wrapper.class.isAssignableFrom(type);
        }
    };

    /** The code that the driver should have given. */
    static XaCode codeOf(Exception failure) {
        if (!(failure instanceof XAException xa)) {
            // H2 2.4.240: NullPointerException from every call on a closed XAConnection.
            return XaCode.XAER_RMFAIL;
        }
        XaCode code = XaCode.of(xa.errorCode);
        if (code == XaCode.XA_RETRY && isArtemisClientFailure(xa)) {
            return XaCode.XAER_RMFAIL;
        }
        // Only these two say too little. XAER_RMERR means "rolled back" at commit, yet pgjdbc 42.7 (issue 4438) and
        // mssql-jdbc 12 (issue 2159) give it for a lost connection, too. H2 2.4.240 gives every SQL error as number 0.
        return code == XaCode.UNNAMED || code == XaCode.XAER_RMERR
                ? fromCauses(code, xa).orElse(code)
                : code;
    }

    /**
     * Artemis 2.56 answers a commit whose connection is lost with XA_RETRY, each time it is repeated there. No broker has
     * said so: the client's own exception is the cause.
     */
    private static boolean isArtemisClientFailure(XAException failure) {
        return failure.getCause() != null
                && failure.getCause().getClass().getName().startsWith("org.apache.activemq.artemis.");
    }

    private static Optional<XaCode> fromCauses(XaCode code, XAException failure) {
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < CAUSES; depth++, cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return fromCause(code, sql);
            }
        }
        return Optional.empty();
    }

    private static Optional<XaCode> fromCause(XaCode code, SQLException cause) {
        String state = String.valueOf(cause.getSQLState());
        if (isConnectionLost(cause, state)) {
            return Optional.of(XaCode.XAER_RMFAIL);
        }
        if (code == XaCode.UNNAMED && cause.getErrorCode() == H2_TRANSACTION_NOT_FOUND) {
            return Optional.of(XaCode.XAER_NOTA);
        }
        if (state.startsWith("23")) {
            return Optional.of(XaCode.XA_RBINTEGRITY);
        }
        // SQL's class 40 is "transaction rollback", save for 40003, "statement completion unknown".
        return state.startsWith("40") && !state.equals("40003") ? Optional.of(XaCode.XA_RBROLLBACK) : Optional.empty();
    }

    private static boolean isConnectionLost(SQLException cause, String state) {
        return cause instanceof SQLNonTransientConnectionException
                || cause instanceof SQLRecoverableException
                || state.startsWith("08")
                || POSTGRES_SESSION_ENDED.contains(state)
                || H2_CLOSED.contains(state);
    }

    /**
     * To be called before each rollback over a connection that didn't prepare the branch. H2 2.4.240 answers such a
     * rollback with success and does nothing, unless the same connection has listed a branch in doubt just before.
     */
    static void beforeRollbackElsewhere(XaCalls calls) throws XaFailure {
        calls.recover();
    }

    /**
     * Whether the database bears no two calls at a time that prepare or settle branches. H2 2.4.240 writes its maps to the
     * file one after the other, each as it is just then. If a write for one branch meets another in the middle of its
     * commit, the file has that one's rows not yet committed, yet no record any more that it was prepared; a kill
     * before the next write loses the branch.
     */
    static boolean takesTurns(Connection connection) throws SQLException {
        return "H2".equals(connection.getMetaData().getDatabaseProductName());
    }

    /** {@link #takesTurns(Connection)} where there is none. */
    static boolean takesTurns(XAResource resource) {
        return isOf("org.h2.", resource);
    }

    /**
     * Whether {@code start} with {@code TMJOIN} waits until no other resource is at work for the branch, for ever if both
     * are one thread's. Derby 10.16 does.
     */
    static boolean waitsToJoin(XAResource resource) {
        return isOf("org.apache.derby.", resource);
    }

    private static boolean isOf(String driver, XAResource resource) {
        return driversOwn(resource).getClass().getName().startsWith(driver);
    }

    /** The driver's resource behind those of pools, where these let it be seen. */
    static XAResource driversOwn(XAResource resource) {
        if (!WRAPPERS.get(resource.getClass())) {
            return resource;
        }
        try {
            XAResource inner = resource instanceof Wrapper wrapper && wrapper.isWrapperFor(XAResource.class)
                    ? wrapper.unwrap(XAResource.class)
                    : resource;
            // Some wrap themselves.
            return inner == resource ? resource : driversOwn(inner);
        } catch (SQLException hidden) {
            return resource;
        }
    }

    private Quirks() {}
}
