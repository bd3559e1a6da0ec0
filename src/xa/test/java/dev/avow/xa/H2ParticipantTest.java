package dev.avow.xa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.BranchEnding;
import dev.avow.engine.HeuristicException;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A participant over a real database, in one process. */
final class H2ParticipantTest {
    @TempDir
    private Path directory;

    private final FakeTransaction transaction = new FakeTransaction(1);
    private final TransactionId id = transaction.id();

    private static void add(XaParticipant orders, FakeTransaction transaction, int amount) throws SQLException {
        Database.add(orders.connection(transaction), amount);
    }

    @Test
    void prepared_work_shows_once_it_is_committed_and_a_repeated_commit_changes_nothing() throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            add(h2.participant, transaction, 5);
            assertEquals(Vote.YES, h2.participant.prepare(id));
            assertEquals(100, h2.database.balance());
            assertEquals(Set.of(id), Set.copyOf(h2.participant.inDoubt()));
            h2.participant.commit(id);
            h2.participant.commit(id);
            assertEquals(105, h2.database.balance());
            assertEquals(Set.of(), Set.copyOf(h2.participant.inDoubt()));
        }
    }

    @Test
    void aborted_work_never_shows_prepared_or_not_and_a_repeated_abort_changes_nothing() throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            FakeTransaction second = new FakeTransaction(2);
            add(h2.participant, transaction, 5);
            h2.participant.abort(id);
            add(h2.participant, second, 7);
            h2.participant.prepare(second.id());
            h2.participant.abort(second.id());
            h2.participant.abort(second.id());
            assertEquals(100, h2.database.balance());
            assertEquals(Vote.NO, h2.participant.prepare(id));
        }
    }

    @Test
    void one_participant_alone_commits_in_one_phase() throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            add(h2.participant, transaction, 5);
            assertEquals(Ending.COMMITTED, h2.participant.commitOnePhase(id));
            assertEquals(Ending.UNKNOWN, h2.participant.commitOnePhase(id));
            assertEquals(105, h2.database.balance());
        }
    }

    @Test
    void h2_votes_yes_for_a_branch_that_only_read_and_does_not_list_it() throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            try (Statement statement = h2.participant.connection(transaction).createStatement();
                    ResultSet result = statement.executeQuery("SELECT * FROM account")) {
                assertTrue(result.next());
            }
            assertEquals(Vote.YES, h2.participant.prepare(id));
            assertEquals(Set.of(), Set.copyOf(h2.participant.inDoubt()));
            h2.participant.commit(id);
            h2.participant.commit(id);
        }
    }

    @Test
    void transactions_one_after_the_other_use_one_connection() throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            for (int sequence = 1; sequence <= 20; sequence++) {
                FakeTransaction next = new FakeTransaction(sequence);
                add(h2.participant, next, 1);
                switch (sequence % 3) {
                    case 0 -> h2.participant.abort(next.id());
                    case 1 -> h2.participant.commitOnePhase(next.id());
                    default -> {
                        h2.participant.prepare(next.id());
                        h2.participant.commit(next.id());
                    }
                }
            }
            assertEquals(114, h2.database.balance());
            assertEquals(1, h2.opened());
        }
    }

    @Test
    void a_connection_whose_settings_were_changed_is_not_used_again() throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            h2.participant.connection(transaction).setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            h2.participant.commitOnePhase(id);
            FakeTransaction second = new FakeTransaction(2);
            assertEquals(
                    Connection.TRANSACTION_READ_COMMITTED,
                    h2.participant.connection(second).getTransactionIsolation());
            h2.participant.abort(second.id());
            assertEquals(2, h2.opened());
        }
    }

    @Test
    void a_branch_of_an_earlier_run_is_found_and_rolled_back() throws Exception {
        try (H2Orders h2 = new H2Orders(directory);
                XaParticipant restarted = h2.newParticipant(Duration.ofSeconds(5))) {
            add(h2.participant, transaction, 5);
            h2.participant.prepare(id);
            assertEquals(List.of(id), List.copyOf(restarted.inDoubt()));
            // H2 would answer that it has rolled back, and not do it, over a connection that hasn't listed the branch.
            restarted.abort(id);
            assertEquals(List.of(), List.copyOf(restarted.inDoubt()));
            assertEquals(100, h2.database.balance());
        }
    }

    @Test
    void a_branch_of_an_earlier_run_is_committed_even_if_its_participant_was_closed() throws Exception {
        try (H2Orders h2 = new H2Orders(directory);
                XaParticipant restarted = h2.newParticipant(Duration.ofSeconds(5))) {
            add(h2.participant, transaction, 5);
            h2.participant.prepare(id);
            // H2 would roll a prepared branch back if its connection were closed here.
            h2.participant.close();
            restarted.commit(id);
            assertEquals(105, h2.database.balance());
        }
    }

    @Test
    void a_branch_that_an_operator_has_settled_by_hand_is_reported() throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            add(h2.participant, transaction, 5);
            h2.participant.prepare(id);
            h2.database.run("ROLLBACK TRANSACTION \"" + h2Name(AvowXid.of(id, "orders")) + "\"");
            var report = assertThrows(HeuristicException.class, () -> h2.participant.commit(id));
            assertEquals(BranchEnding.HEURISTIC_HAZARD, report.ending());
            h2.participant.forget(id);
        }
    }

    private static String h2Name(AvowXid xid) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return "XID|" + xid.getFormatId() + "|" + base64.encodeToString(xid.getBranchQualifier()) + "|"
                + base64.encodeToString(xid.getGlobalTransactionId());
    }

    @Test
    void a_database_that_goes_away_at_work_refuses_to_prepare_and_the_abort_is_confirmed() throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            add(h2.participant, transaction, 5);
            h2.database.run("SHUTDOWN IMMEDIATELY");
            XAException refusal = assertThrows(XAException.class, () -> h2.participant.prepare(id));
            assertEquals(XAException.XAER_RMFAIL, refusal.errorCode);
            h2.participant.abort(id);
            assertEquals(100, h2.database.balance());
        }
    }

    @Test
    void a_database_that_goes_away_after_prepare_commits_when_it_is_back() throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            add(h2.participant, transaction, 5);
            h2.participant.prepare(id);
            h2.database.run("SHUTDOWN IMMEDIATELY");
            XAException failure = assertThrows(XAException.class, () -> h2.participant.commit(id));
            assertEquals(XAException.XAER_RMFAIL, failure.errorCode);
            h2.participant.commit(id);
            assertEquals(105, h2.database.balance());
        }
    }

    @Test
    void a_database_that_goes_away_before_a_commit_in_one_phase_leaves_the_outcome_unknown() throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            add(h2.participant, transaction, 5);
            h2.database.run("SHUTDOWN IMMEDIATELY");
            XAException failure = assertThrows(XAException.class, () -> h2.participant.commitOnePhase(id));
            assertEquals(XAException.XAER_RMFAIL, failure.errorCode);
            assertEquals(100, h2.database.balance());
        }
    }

    @Test
    void an_idle_connection_of_a_database_that_was_restarted_is_replaced() throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            add(h2.participant, transaction, 5);
            h2.participant.commitOnePhase(id);
            h2.participant.inDoubt();
            h2.database.run("SHUTDOWN IMMEDIATELY");
            assertEquals(Set.of(), Set.copyOf(h2.participant.inDoubt()));
            FakeTransaction second = new FakeTransaction(2);
            awaitWorkingConnection(h2.participant, second);
            assertEquals(Ending.COMMITTED, h2.participant.commitOnePhase(second.id()));
            assertEquals(112, h2.database.balance());
        }
    }

    /** A connection idle for half a second is checked; one that was just used may fail once. */
    private static void awaitWorkingConnection(XaParticipant orders, FakeTransaction transaction) throws Exception {
        try {
            add(orders, transaction, 7);
        } catch (SQLException stale) {
            orders.abort(transaction.id());
            add(orders, transaction, 7);
        }
    }
}
