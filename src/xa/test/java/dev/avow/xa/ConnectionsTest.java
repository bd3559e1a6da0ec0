package dev.avow.xa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.protocol.Ending;
import dev.avow.xa.ScriptedResource.Call;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Physical connections: kept, bounded, never lost. */
final class ConnectionsTest {
    private static final int MOST_IDLE = 8;

    @TempDir
    private Path directory;

    private static List<FakeTransaction> atWork(XaParticipant orders, int many) throws SQLException {
        List<FakeTransaction> transactions = new ArrayList<>();
        for (int sequence = 1; sequence <= many; sequence++) {
            FakeTransaction transaction = new FakeTransaction(sequence);
            orders.connection(transaction);
            transactions.add(transaction);
        }
        return transactions;
    }

    @Test
    void only_a_few_idle_connections_are_kept() throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            for (FakeTransaction transaction : atWork(h2.participant, 20)) {
                h2.participant.commitOnePhase(transaction.id());
            }
            assertEquals(20, h2.opened());
            assertEquals(MOST_IDLE, h2.database.sessions());
        }
    }

    @Test
    void whatever_happens_to_the_branches_no_connection_is_left_open() throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            List<FakeTransaction> transactions = atWork(h2.participant, 5);
            h2.participant.abort(transactions.get(0).id());
            h2.participant.commitOnePhase(transactions.get(1).id());
            h2.participant.prepare(transactions.get(2).id());
            h2.participant.commit(transactions.get(2).id());
            h2.participant.prepare(transactions.get(3).id());
            h2.participant.abort(transactions.get(3).id());
            h2.participant.connection(transactions.get(4)).setReadOnly(false);
            h2.participant.abort(transactions.get(4).id());
            h2.participant.inDoubt();
            assertThrows(IllegalStateException.class, () -> h2.participant.connection(new FakeTransaction(9).ended()));
            h2.participant.close();
            assertEquals(0, h2.database.sessions());
        }
    }

    @Test
    void a_branch_that_ends_after_its_participant_was_closed_closes_its_connection() throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            FakeTransaction transaction = atWork(h2.participant, 1).get(0);
            h2.participant.close();
            h2.participant.commitOnePhase(transaction.id());
            assertEquals(0, h2.database.sessions());
            assertThrows(IllegalStateException.class, () -> h2.participant.connection(new FakeTransaction(2)));
        }
    }

    @Test
    void a_connection_that_refuses_the_branch_is_closed() throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            ScriptedResource refusing = new ScriptedResource().failing(Call.START, XaCode.XAER_OUTSIDE);
            JdbcSessions sessions = new JdbcSessions(
                    "orders", () -> withResource(h2.database.dataSource().getXAConnection(), refusing));
            try (XaParticipant orders = XaParticipant.over("orders", sessions, Duration.ofSeconds(5))) {
                SQLException refusal =
                        assertThrows(SQLException.class, () -> orders.connection(new FakeTransaction(1)));
                assertTrue(refusal.toString().contains("XAER_OUTSIDE"), refusal::toString);
            }
            assertEquals(0, h2.database.sessions());
        }
    }

    private static XAConnection withResource(XAConnection real, XAResource resource) {
        return (XAConnection) Proxy.newProxyInstance(
                ConnectionsTest.class.getClassLoader(),
                new Class<?>[] {XAConnection.class},
                (proxy, method, arguments) ->
                        method.getName().equals("getXAResource") ? resource : method.invoke(real, arguments));
    }

    @Test
    void an_idle_connection_that_has_gone_stale_is_closed() throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            FakeTransaction first = new FakeTransaction(1);
            Connection connection = h2.participant.connection(first);
            Database.add(connection, 1);
            h2.participant.prepare(first.id());
            h2.participant.abort(first.id());
            h2.database.run("SHUTDOWN IMMEDIATELY");
            FakeTransaction second = new FakeTransaction(2);
            workOnWhatMayBeStale(h2.participant, second);
            h2.participant.abort(second.id());
            h2.participant.close();
            assertEquals(0, h2.database.sessions());
        }
    }

    /** One idle for half a second is checked and replaced, one that was just used isn't. */
    private static void workOnWhatMayBeStale(XaParticipant orders, FakeTransaction transaction) {
        try {
            Database.add(orders.connection(transaction), 1);
        } catch (SQLException stale) {
            assertTrue(stale.toString().contains("already closed"), stale::toString);
        }
    }

    @Test
    void a_database_that_cannot_be_reached_is_an_sql_exception_and_the_vote_is_no() throws Exception {
        JdbcDataSource nowhere = new JdbcDataSource();
        nowhere.setURL("jdbc:h2:tcp://localhost:1/nowhere");
        try (XaParticipant orders = XaParticipant.of("orders", nowhere)) {
            FakeTransaction transaction = new FakeTransaction(1);
            assertThrows(SQLException.class, () -> orders.connection(transaction));
            assertEquals("NO", orders.prepare(transaction.id()).toString());
            assertThrows(SQLException.class, orders::inDoubt);
            // Nothing was begun, so there is nothing to reach it for.
            orders.abort(transaction.id());
            assertThrows(SQLException.class, () -> orders.commit(transaction.id()));
        }
    }

    @Test
    void a_branch_that_could_not_begin_may_be_tried_again_and_is_no_doubt_to_anyone() throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            AtomicBoolean down = new AtomicBoolean(true);
            JdbcSessions sessions = new JdbcSessions("orders", () -> {
                if (down.get()) {
                    throw new IllegalStateException("as some drivers fail");
                }
                return h2.database.dataSource().getXAConnection();
            });
            try (XaParticipant orders = XaParticipant.over("orders", sessions, Duration.ofSeconds(5))) {
                FakeTransaction given = new FakeTransaction(1);
                assertThrows(IllegalStateException.class, () -> orders.connection(given));
                assertEquals(Ending.ABORTED, orders.commitOnePhase(given.id()));
                FakeTransaction tried = new FakeTransaction(2);
                assertThrows(IllegalStateException.class, () -> orders.connection(tried));
                down.set(false);
                Database.add(orders.connection(tried), 1);
                assertEquals(Ending.COMMITTED, orders.commitOnePhase(tried.id()));
            }
        }
    }
}
