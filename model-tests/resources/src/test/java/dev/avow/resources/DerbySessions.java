package dev.avow.resources;

import dev.avow.xa.kit.JdbcTarget;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.XAConnection;

/**
 * Lets Derby 10.16 clear up behind a lost connection. It rolls back by itself what that one was working on; a rollback of
 * the same branch over another connection, at the same moment, shuts its engine down (XSTB0, then XJ001) for as long as
 * the server runs: seen once, in some 150 cuts.
 */
record DerbySessions(JdbcTarget database) {
    private static final String AT_WORK = "SELECT COUNT(*) FROM SYSCS_DIAG.TRANSACTION_TABLE"
            + " WHERE GLOBAL_XID IS NOT NULL AND STATUS <> 'PREPARED'";

    private static final long LOOK_MILLIS = 10;
    /** Work that was ended stays, and looks no different: no use waiting longer. */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    void awaitClearedUp() throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_NANOS;
        CountDownLatch never = new CountDownLatch(1);
        XAConnection physical = database.source().getXAConnection();
        try (Connection connection = physical.getConnection()) {
            while (isAtWork(connection) && System.nanoTime() < deadline) {
                if (never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("nobody opens this latch");
                }
            }
        } finally {
            physical.close();
        }
    }

    private static boolean isAtWork(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(AT_WORK)) {
            result.next();
            return result.getInt(1) > 0;
        }
    }
}
