package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.Finding;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a coordinator finishes that an earlier run left. */
final class RecoveryTest {

    @TempDir
    Path directory;

    private final World world = new World();
    private final ScriptedParticipant orders = world.participant("orders");
    private final ScriptedParticipant payments = world.participant("payments");

    @AfterEach
    void close() {
        world.close();
    }

    private static <T> ScriptedParticipant.Script<T> unreachable() {
        return id -> {
            throw new IllegalStateException("connection refused");
        };
    }

    /** A transaction that payments hasn't heard the commit of. */
    private TransactionId unfinished() {
        payments.onCommit(unreachable());
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertEquals(
                List.of("payments"), transaction.commit().requireCommitted().beingTold());
        avow.close();
        return transaction.id();
    }

    /** A transaction of an earlier run that these have prepared. */
    private TransactionId undecided(ScriptedParticipant... prepared) {
        Avow avow = world.open(directory, prepared);
        TransactionId id = avow.begin("O002").id();
        avow.close();
        for (ScriptedParticipant participant : prepared) {
            participant.prepareWell(id);
        }
        return id;
    }

    @Test
    void a_recorded_commit_is_told_after_reopening_and_then_ended() throws Exception {
        TransactionId id = unfinished();
        ScriptedParticipant ordersAgain = orders.restarted();
        ScriptedParticipant paymentsAgain = payments.restarted();
        Avow reopened = world.open(directory, ordersAgain, paymentsAgain);
        assertTrue(reopened.awaitRecovered(World.LONG));
        assertEquals(List.of("commit"), paymentsAgain.calls(id));
        assertEquals(Map.of(id, Ending.COMMITTED), paymentsAgain.ended());
        assertEquals(Finding.COMMITTED, reopened.outcomeOf(id));
        assertEquals(
                Set.of("CoordinatorSendCommit", "CoordinatorReceiveAck", "CoordinatorForget"),
                Set.copyOf(world.actions(id).subList(5, world.actions(id).size())));
        reopened.close();
        Avow third = world.open(directory, ordersAgain.restarted(), paymentsAgain.restarted());
        assertEquals(List.of(), third.unfinished());
    }

    @Test
    void a_branch_in_doubt_without_a_record_is_aborted_after_reopening() throws Exception {
        TransactionId id = undecided(orders, payments);
        Avow reopened = world.open(directory, orders, payments);
        assertTrue(reopened.awaitRecovered(World.LONG));
        assertEquals(Map.of(id, Ending.ABORTED), orders.ended());
        assertEquals(Map.of(id, Ending.ABORTED), payments.ended());
        assertEquals("CoordinatorAnswer", world.actions(id).get(0));
        assertEquals(Finding.NO_RECORD, reopened.outcomeOf(id));
    }

    @Test
    void an_unreachable_participant_delays_neither_the_start_nor_the_others() throws Exception {
        TransactionId committed = unfinished();
        TransactionId aborted = undecided(orders);
        AtomicBoolean back = new AtomicBoolean();
        ScriptedParticipant sick = payments.restarted();
        sick.onInDoubt(id -> {
            if (!back.get()) {
                throw new IllegalStateException("connection refused");
            }
            return sick.prepared();
        });
        sick.onCommit(id -> {
            if (!back.get()) {
                throw new IllegalStateException("connection refused");
            }
            return sick.commitWell(id);
        });
        ScriptedParticipant well = orders.restarted();
        Avow reopened = world.open(directory, well, sick);
        world.await("orders is finished", () -> well.ended().size() == 2);
        assertEquals(Map.of(committed, Ending.COMMITTED, aborted, Ending.ABORTED), well.ended());
        assertEquals(Finding.COMMITTING, reopened.outcomeOf(committed));
        assertFalse(reopened.awaitRecovered(World.SHORT));
        back.set(true);
        assertTrue(reopened.awaitRecovered(World.LONG));
        assertEquals(Map.of(committed, Ending.COMMITTED), sick.ended());
    }

    @Test
    void a_participant_that_hangs_at_the_start_delays_neither_the_start_nor_transactions() throws Exception {
        Gate gate = world.gate();
        ScriptedParticipant sick = payments.restarted();
        sick.onInDoubt(gate.before(id -> sick.prepared()));
        TransactionId aborted = undecided(orders);
        Avow reopened = world.open(directory, orders, sick);
        gate.awaitCall();
        world.await("orders is finished", () -> orders.ended().containsKey(aborted));
        World.begin(reopened, "O003", orders, sick).commit().requireCommitted();
        assertFalse(reopened.awaitRecovered(World.SHORT));
        gate.open();
        assertTrue(reopened.awaitRecovered(World.LONG));
    }

    @Test
    void the_record_waits_for_a_participant_that_is_missing() throws Exception {
        TransactionId id = unfinished();
        Avow without = world.open(directory, orders.restarted());
        world.await("orders is told", () -> world.actions(id).contains("CoordinatorReceiveAck"));
        assertFalse(without.awaitRecovered(World.SHORT));
        assertEquals(id, without.unfinished().get(0).id());
        assertEquals(Finding.COMMITTING, without.outcomeOf("O001"));
        without.close();
        ScriptedParticipant back = payments.restarted();
        Avow with = world.open(directory, orders.restarted(), back);
        assertTrue(with.awaitRecovered(World.LONG));
        assertEquals(Map.of(id, Ending.COMMITTED), back.ended());
    }

    @Test
    void a_renamed_participant_is_not_aborted_while_there_is_a_record() throws Exception {
        TransactionId id = unfinished();
        ScriptedParticipant renamed = payments.renamed("billing");
        Avow reopened = world.open(directory, orders.restarted(), renamed);
        world.awaitInquiries(renamed, 5);
        assertFalse(reopened.awaitRecovered(World.SHORT));
        assertEquals(List.of(), renamed.calls(id));
        assertEquals(Set.of(id), renamed.prepared());
    }

    @Test
    void recovery_outlives_whatever_a_participant_throws() throws Exception {
        ScriptedParticipant sick = payments.restarted();
        sick.onInDoubt(id -> {
            if (sick.inquiries() == 1) {
                throw new IllegalStateException("connection refused");
            }
            if (sick.inquiries() == 2) {
                throw new NoClassDefFoundError("com/example/Driver");
            }
            if (sick.inquiries() == 3) {
                throw new InterruptedException("by the driver");
            }
            return sick.prepared();
        });
        TransactionId id = undecided(orders);
        sick.prepareWell(id);
        world.open(directory, orders, sick);
        world.await("payments is finished", () -> sick.ended().containsKey(id));
    }

    @Test
    void one_branch_that_cannot_be_aborted_holds_up_no_other_and_recovery_is_not_done() throws Exception {
        Avow first = world.open(directory, payments);
        TransactionId poison = first.begin("O001").id();
        TransactionId harmless = first.begin("O002").id();
        first.close();
        payments.prepareWell(poison);
        payments.prepareWell(harmless);
        AtomicBoolean cured = new AtomicBoolean();
        payments.onAbort(id -> {
            if (id.equals(poison) && !cured.get()) {
                throw new IllegalStateException("can't be read");
            }
            return payments.abortWell(id);
        });
        Avow reopened = world.open(directory, payments);
        world.await("the other is aborted", () -> payments.ended().containsKey(harmless));
        assertFalse(reopened.awaitRecovered(World.SHORT));
        cured.set(true);
        assertTrue(reopened.awaitRecovered(World.LONG));
        assertEquals(Set.of(), payments.prepared());
    }

    @Test
    void after_commits_and_aborts_there_is_nothing_left_to_recover() throws Exception {
        Avow avow = world.open(directory, orders, payments);
        Transaction committed = World.begin(avow, "O001", orders, payments);
        committed.commit().requireCommitted();
        World.begin(avow, "O002", orders, payments).abort();
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(List.of(), avow.unfinished());
        assertEquals(Finding.COMMITTED, avow.outcomeOf(committed.id()));
    }
}
