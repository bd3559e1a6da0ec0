package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.Finding;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a caller hears that has lost the reply. */
final class LookupTest {

    @TempDir
    Path directory;

    private final World world = new World();
    private final ScriptedParticipant orders = world.participant("orders");
    private final ScriptedParticipant payments = world.participant("payments");

    @AfterEach
    void close() {
        world.close();
    }

    private static void assertFound(Finding expected, Avow avow, Transaction transaction) {
        assertEquals(expected, avow.outcomeOf(transaction.id()));
        assertEquals(expected, avow.outcomeOf(transaction.name()));
    }

    @Test
    void a_commit_is_running_then_committing_then_committed() throws Exception {
        Gate vote = world.gate();
        Gate commit = world.gate();
        payments.onPrepare(vote.before(payments::prepareWell)).onCommit(commit.before(payments::commitWell));
        Avow avow = world.open(directory, world.options().withTellTimeout(World.SHORT), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertFound(Finding.RUNNING, avow, transaction);
        FutureTask<Outcome> committing = World.aside(transaction::commit);
        vote.awaitCall();
        assertFound(Finding.RUNNING, avow, transaction);
        vote.open();
        World.resultOf(committing);
        assertFound(Finding.COMMITTING, avow, transaction);
        assertEquals(transaction.id(), avow.unfinished().get(0).id());
        commit.open();
        assertTrue(avow.awaitRecovered(World.LONG));
        assertFound(Finding.COMMITTED, avow, transaction);
        assertEquals(List.of(), avow.unfinished());
        avow.close();
        assertFound(Finding.COMMITTED, world.open(directory, orders, payments), transaction);
    }

    @Test
    void a_commit_that_all_have_acknowledged_is_committed_though_its_end_still_rides() {
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertEquals(List.of(), transaction.commit().requireCommitted().beingTold());
        assertFound(Finding.COMMITTED, avow, transaction);
        assertEquals(List.of(), avow.unfinished());
    }

    @Test
    void an_abort_is_remembered_once_its_note_is_written() {
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.abort();
        assertFound(Finding.NO_RECORD, avow, transaction);
        World.begin(avow, "O002", orders, payments).commit().requireCommitted();
        assertFound(Finding.ABORTED, avow, transaction);
        avow.close();
        assertFound(Finding.ABORTED, world.open(directory, orders, payments), transaction);
    }

    @Test
    void what_never_was_and_what_wrote_nothing_has_no_record() {
        Avow avow = world.open(directory, orders, payments);
        assertEquals(Finding.NO_RECORD, avow.outcomeOf("O999"));
        assertEquals(Finding.NO_RECORD, avow.outcomeOf(TransactionId.of(1, 2, 3)));
        orders.onPrepare(id -> Vote.READ_ONLY);
        payments.onPrepare(id -> Vote.READ_ONLY);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.commit().requireCommitted();
        assertFound(Finding.NO_RECORD, avow, transaction);
    }

    @Test
    void of_several_with_one_name_the_newest_counts() throws Exception {
        payments.onCommit(id -> {
            throw new IllegalStateException("not now");
        });
        Avow avow = world.open(directory, orders, payments);
        Transaction committing = World.begin(avow, "O001", orders, payments);
        committing.commit().requireCommitted();
        assertEquals(Finding.COMMITTING, avow.outcomeOf("O001"));
        Transaction aborted = World.begin(avow, "O001", orders, payments);
        assertEquals(Finding.RUNNING, avow.outcomeOf("O001"));
        aborted.abort();
        Transaction slow = World.begin(avow, "O001", orders);
        Transaction quick = World.begin(avow, "O001", orders, payments);
        payments.onCommit(payments::commitWell);
        quick.commit().requireCommitted();
        assertEquals(Finding.COMMITTED, avow.outcomeOf("O001"), "it began later than what still runs");
        assertEquals(Finding.RUNNING, avow.outcomeOf(slow.id()));
        Transaction last = World.begin(avow, "O001", orders, payments);
        last.abort();
        World.begin(avow, "O002", orders, payments).commit().requireCommitted();
        assertEquals(Finding.ABORTED, avow.outcomeOf("O001"));
        assertEquals(Finding.ABORTED, avow.outcomeOf(aborted.id()));
    }

    @Test
    void what_was_known_is_still_known_after_close() {
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.commit().requireCommitted();
        avow.close();
        assertFound(Finding.COMMITTED, avow, transaction);
        assertEquals(List.of(), avow.unfinished());
        assertEquals(List.of(), avow.heuristics());
    }
}
