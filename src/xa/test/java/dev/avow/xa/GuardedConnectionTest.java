package dev.avow.xa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What the application may do with its connection, and what it may no longer do. */
final class GuardedConnectionTest {
    /** Counts for minutes, and can be cancelled. */
    private static final String ENDLESS = "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 1000000000000) WHERE MOD(X, 7) = 8";

    @TempDir
    private Path directory;

    private final FakeTransaction transaction = new FakeTransaction(1);

    private H2Orders h2() throws SQLException {
        return new H2Orders(directory);
    }

    @Test
    void a_transaction_has_one_connection_and_closing_it_changes_nothing() throws Exception {
        try (H2Orders h2 = h2()) {
            Connection connection = h2.participant.connection(transaction);
            Database.add(connection, 5);
            connection.close();
            assertFalse(connection.isClosed());
            assertSame(connection, h2.participant.connection(transaction));
            assertEquals(1, transaction.enlistments());
            Database.add(connection, 2);
            h2.participant.commitOnePhase(transaction.id());
            assertEquals(107, h2.database.balance());
            assertTrue(connection.isClosed());
        }
    }

    @Test
    void calls_that_would_end_the_branch_are_refused_and_say_what_to_do() throws Exception {
        try (H2Orders h2 = h2()) {
            Connection connection = h2.participant.connection(transaction);
            Database.add(connection, 5);
            refused(connection::commit, "commit() ", "call Transaction.commit()");
            refused(connection::rollback, "rollback() ", "call Transaction.abort()");
            refused(() -> connection.rollback(null), "rollback() ", "call Transaction.abort()");
            refused(() -> connection.abort(Runnable::run), "abort() ", "call Transaction.abort()");
            refused(connection::setSavepoint, "setSavepoint() ", "no savepoints");
            refused(() -> connection.setSavepoint("here"), "setSavepoint() ", "no savepoints");
            refused(() -> connection.setAutoCommit(true), "setAutoCommit() ", "connection from elsewhere");
            connection.setAutoCommit(false);
            assertFalse(connection.getAutoCommit());
            h2.participant.commitOnePhase(transaction.id());
            assertEquals(105, h2.database.balance());
        }
    }

    private static void refused(Executable call, String method, String advice) {
        SQLException refusal = assertThrows(SQLException.class, call);
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.startsWith(method) && message.contains(advice), message);
        assertTrue(message.contains("\"orders\" in O001 (3f9c02ab17de-7-1)"), message);
    }

    @Test
    void statements_and_metadata_lead_back_to_the_guarded_connection() throws Exception {
        try (H2Orders h2 = h2()) {
            Connection connection = h2.participant.connection(transaction);
            try (Statement plain = connection.createStatement();
                    PreparedStatement prepared = connection.prepareStatement("SELECT 1");
                    CallableStatement callable = connection.prepareCall("CALL 1")) {
                assertSame(connection, plain.getConnection());
                assertSame(connection, prepared.getConnection());
                assertSame(connection, callable.getConnection());
            }
            assertSame(connection, connection.getMetaData().getConnection());
            assertEquals("H2", connection.getMetaData().getDatabaseProductName());
            h2.participant.abort(transaction.id());
        }
    }

    @Test
    void results_lead_back_to_the_guarded_statement_and_connection() throws Exception {
        try (H2Orders h2 = h2()) {
            Connection connection = h2.participant.connection(transaction);
            try (Statement statement = connection.createStatement();
                    ResultSet one = statement.executeQuery("SELECT 7");
                    PreparedStatement prepared = connection.prepareStatement("SELECT 8");
                    ResultSet two = prepared.executeQuery();
                    ResultSet tables = connection.getMetaData().getTables(null, null, null, null)) {
                assertSame(statement, one.getStatement());
                assertSame(prepared, two.getStatement());
                assertTrue(one.next());
                assertEquals(7, one.getInt(1));
                assertTrue(tables.next());
                assertTrue(
                        tables.getStatement() == null || tables.getStatement().getConnection() == connection);
            }
            h2.participant.abort(transaction.id());
        }
    }

    @Test
    void sql_that_would_end_the_branch_is_refused_and_says_what_to_do() throws Exception {
        try (H2Orders h2 = h2()) {
            Connection connection = h2.participant.connection(transaction);
            Database.add(connection, 5);
            try (Statement statement = connection.createStatement()) {
                refused(() -> statement.execute("COMMIT"), "\"COMMIT\" ", "Transaction.commit()");
                refused(() -> statement.execute(" Rollback work "), "\"Rollback work\" ", "abort()");
                refused(() -> statement.executeUpdate("commit", Statement.NO_GENERATED_KEYS), "\"commit\" ", "");
                refused(() -> statement.addBatch("COMMIT"), "\"COMMIT\" ", "");
            }
            refused(() -> connection.prepareStatement("COMMIT"), "\"COMMIT\" ", "");
            refused(() -> connection.prepareCall("ROLLBACK"), "\"ROLLBACK\" ", "");
            h2.participant.abort(transaction.id());
            assertEquals(100, h2.database.balance());
        }
    }

    @Test
    void comments_hide_no_end_and_names_make_none() {
        for (String sql : List.of("-- a\n/* b */ ;commit", "/**/ROLLBACK TO here", "\tCOMMIT;", "commit/* now */")) {
            assertTrue(SqlText.endsTransaction(sql), sql);
        }
        for (String sql :
                List.of("", "-- COMMIT", "/* COMMIT", "SELECT 'COMMIT'", "committed", "/ COMMIT", "- commit")) {
            assertFalse(SqlText.endsTransaction(sql), sql);
        }
    }

    @Test
    void it_unwraps_to_the_driver_and_is_equal_to_itself_only() throws Exception {
        try (H2Orders h2 = h2()) {
            Connection connection = h2.participant.connection(transaction);
            Connection other = h2.participant.connection(new FakeTransaction(2));
            assertSame(connection, connection.unwrap(Connection.class));
            assertTrue(connection.isWrapperFor(JdbcConnection.class));
            assertFalse(connection.unwrap(JdbcConnection.class).isClosed());
            assertEquals(connection, connection);
            assertNotEquals(connection, other);
            assertTrue(connection.toString().startsWith("\"orders\" in O001"), connection::toString);
            h2.participant.abort(FakeTransaction.id(1));
            h2.participant.abort(FakeTransaction.id(2));
        }
    }

    @Test
    void the_drivers_exceptions_arrive_as_they_are() throws Exception {
        try (H2Orders h2 = h2()) {
            Connection connection = h2.participant.connection(transaction);
            SQLException failure = assertThrows(SQLException.class, () -> Database.add(connection, -500));
            assertEquals("23513", failure.getSQLState());
            h2.participant.abort(transaction.id());
        }
    }

    @Test
    void after_prepare_the_connection_and_its_statements_do_nothing_more() throws Exception {
        try (H2Orders h2 = h2()) {
            Connection connection = h2.participant.connection(transaction);
            try (Statement statement = connection.createStatement()) {
                statement.execute("UPDATE account SET balance = 1");
                h2.participant.prepare(transaction.id());
                SQLException refusal =
                        assertThrows(SQLException.class, () -> statement.execute("UPDATE account SET balance = 2"));
                assertTrue(String.valueOf(refusal.getMessage()).contains("has ended its work"), refusal::toString);
                assertThrows(SQLException.class, connection::createStatement);
                assertTrue(statement.isClosed());
            }
            h2.participant.commit(transaction.id());
            assertEquals(1, h2.database.balance());
        }
    }

    @Test
    void a_result_set_left_open_writes_nothing_after_the_end() throws Exception {
        try (H2Orders h2 = h2();
                Statement statement = h2.participant
                        .connection(transaction)
                        .createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet account = statement.executeQuery("SELECT id, balance FROM account")) {
            account.next();
            account.updateInt("balance", 7);
            h2.participant.abort(transaction.id());
            assertThrows(SQLException.class, account::updateRow);
            assertEquals(100, h2.database.balance());
        }
    }

    @Test
    void an_abort_cancels_what_still_runs() throws Exception {
        try (H2Orders h2 = h2()) {
            CompletableFuture<String> endless = runEndless(h2.participant, h2.database);
            h2.participant.abort(transaction.id());
            String failure = endless.get(10, TimeUnit.SECONDS);
            assertTrue(failure.contains("57014") || failure.contains("canceled"), failure);
            assertEquals(List.of(), List.copyOf(h2.participant.inDoubt()));
        }
    }

    /** The cancellation may arrive late, in the next transaction's statement. */
    @Test
    void a_connection_on_which_something_was_cancelled_is_not_used_again() throws Exception {
        try (H2Orders h2 = h2()) {
            CompletableFuture<String> endless = runEndless(h2.participant, h2.database);
            h2.participant.abort(transaction.id());
            endless.get(10, TimeUnit.SECONDS);
            int opened = h2.opened();
            FakeTransaction next = new FakeTransaction(2);
            h2.participant.connection(next);
            assertEquals(opened + 1, h2.opened());
            h2.participant.abort(next.id());
        }
    }

    @Test
    void a_prepare_does_not_wait_for_ever_for_a_running_statement() throws Exception {
        try (H2Orders h2 = h2();
                XaParticipant impatient = h2.newParticipant(Duration.ofMillis(50))) {
            CompletableFuture<String> endless = runEndless(impatient, h2.database);
            assertThrows(TimeoutException.class, () -> impatient.prepare(transaction.id()));
            assertFalse(endless.isDone());
            abortAtLast(impatient);
            endless.get(10, TimeUnit.SECONDS);
            assertEquals(100, h2.database.balance());
        }
    }

    /** An impatient abort may have to be repeated; recovery does so. */
    private void abortAtLast(XaParticipant orders) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        boolean aborted = false;
        while (!aborted) {
            try {
                orders.abort(transaction.id());
                aborted = true;
            } catch (TimeoutException notYet) {
                assertTrue(System.nanoTime() < deadline, notYet::toString);
                assertEquals(List.of(transaction.id()), List.copyOf(orders.inDoubt()));
            }
        }
    }

    /** Returns once the statement runs; its future gives the exception that ends it. */
    private CompletableFuture<String> runEndless(XaParticipant orders, Database database) throws Exception {
        Connection connection = orders.connection(transaction);
        Database.add(connection, 5);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> ended = CompletableFuture.supplyAsync(() -> failureOf(connection, begun));
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        awaitRunning(database);
        return ended;
    }

    private static void awaitRunning(Database database) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (database.running("SELECT COUNT(*) FROM SYSTEM%") == 0) {
            assertTrue(System.nanoTime() < deadline, "the statement doesn't begin");
        }
    }

    private static String failureOf(Connection connection, CountDownLatch begun) {
        try (Statement statement = connection.createStatement()) {
            begun.countDown();
            try (ResultSet result = statement.executeQuery(ENDLESS)) {
                return "it gave " + result;
            }
        } catch (SQLException failure) {
            return failure.toString();
        }
    }
}
