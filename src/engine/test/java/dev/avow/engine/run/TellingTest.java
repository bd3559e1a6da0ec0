package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.BranchEnding;
import dev.avow.engine.BranchOutcome;
import dev.avow.engine.CommitRecord;
import dev.avow.engine.LogFullException;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A decision on its way, through failures. */
final class TellingTest {

    @TempDir
    Path directory;

    private final World world = new World();
    private final ScriptedParticipant orders = world.participant("orders");
    private final ScriptedParticipant payments = world.participant("payments");

    @AfterEach
    void close() {
        world.close();
    }

    /** Throws while this is set, then does as that script says. */
    private static <T> ScriptedParticipant.Script<T> failing(AtomicBoolean ill, ScriptedParticipant.Script<T> then) {
        return id -> {
            if (ill.get()) {
                throw new IllegalStateException("not now");
            }
            return then.answer(id);
        };
    }

    @Test
    void a_commit_that_hangs_is_told_until_it_is_acknowledged_and_holds_up_no_one() throws Exception {
        Gate gate = world.gate();
        Queue<TransactionId> hanging = new ConcurrentLinkedQueue<>();
        payments.onCommit(id -> {
            if (hanging.contains(id)) {
                gate.pass();
            }
            return payments.commitWell(id);
        });
        Avow avow = world.open(world.log(directory), world.options().withTellTimeout(World.SHORT), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        hanging.add(transaction.id());
        Outcome.Committed committed = transaction.commit().requireCommitted();
        assertEquals(List.of("payments"), committed.beingTold());
        assertEquals(BranchEnding.COMMITTED, committed.branches().get(0).ending());
        assertFalse(world.journal().contains("log.end"));
        assertEquals(
                List.of(new CommitRecord(transaction.id(), "O001", List.of("orders", "payments"))), avow.unfinished());
        assertFalse(avow.awaitRecovered(World.SHORT));
        assertEquals(
                List.of(),
                World.begin(avow, "O002", orders, payments)
                        .commit()
                        .requireCommitted()
                        .beingTold());
        world.awaitInquiries(payments, 3);
        assertEquals(List.of("prepare", "commit"), payments.calls(transaction.id()), "one call at a time");
        gate.open();
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(List.of(), avow.unfinished());
        assertEquals(List.of("prepare", "commit"), payments.calls(transaction.id()));
        assertEquals(2, Collections.frequency(world.journal(), "log.end"));
    }

    @Test
    void a_commit_that_fails_is_repeated_to_that_participant_alone_and_only_then_ended() throws Exception {
        AtomicBoolean ill = new AtomicBoolean(true);
        payments.onCommit(failing(ill, payments::commitWell));
        Avow avow = world.open(world.log(directory), world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome.Committed committed = transaction.commit().requireCommitted();
        assertEquals(List.of("payments"), committed.beingTold());
        assertEquals(
                "not now", committed.branches().get(1).failure().orElseThrow().getMessage());
        world.await("it is repeated", () -> payments.calls(transaction.id()).size() > 4);
        assertFalse(world.journal().contains("log.end"));
        ill.set(false);
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(List.of("prepare", "commit"), orders.calls(transaction.id()));
        List<String> journal = world.journal();
        assertEquals(journal.size() - 1, journal.indexOf("log.end"), journal::toString);
    }

    @Test
    void any_error_in_commit_is_a_failure_that_is_repeated() throws Exception {
        AtomicBoolean ill = new AtomicBoolean(true);
        payments.onCommit(id -> {
            if (ill.get()) {
                throw new OutOfMemoryError("not now");
            }
            return payments.commitWell(id);
        });
        Avow avow = world.open(directory, orders, payments);
        Outcome outcome = World.begin(avow, "O001", orders, payments).commit();
        assertEquals(List.of("payments"), outcome.requireCommitted().beingTold());
        ill.set(false);
        assertTrue(avow.awaitRecovered(World.LONG));
    }

    @Test
    void a_participant_that_never_blocks_is_told_again_when_it_fails() throws Exception {
        AtomicBoolean ill = new AtomicBoolean(true);
        ScriptedParticipant same = world.participant("same").withoutBlocking();
        same.onCommit(failing(ill, same::commitWell));
        Avow avow = world.open(directory, same, orders);
        Transaction transaction = World.begin(avow, "O001", same, orders);
        assertEquals(List.of("same"), transaction.commit().requireCommitted().beingTold());
        ill.set(false);
        assertTrue(avow.awaitRecovered(World.LONG));
        assertTrue(same.ended().containsKey(transaction.id()));
    }

    @Test
    void an_abort_that_fails_is_repeated_as_long_as_the_branch_is_in_doubt() throws Exception {
        AtomicBoolean ill = new AtomicBoolean(true);
        orders.onAbort(failing(ill, orders::abortWell));
        payments.onPrepare(id -> {
            world.await("orders is prepared", () -> orders.prepared().contains(id));
            return Vote.NO;
        });
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, transaction.commit());
        BranchOutcome failed = aborted.branches().get(0);
        assertEquals(BranchEnding.BEING_TOLD, failed.ending());
        assertEquals("not now", failed.failure().orElseThrow().getMessage());
        assertFalse(avow.awaitRecovered(World.SHORT), "a branch is still in doubt");
        ill.set(false);
        assertTrue(avow.awaitRecovered(World.LONG));
        assertTrue(orders.prepared().isEmpty(), "recovered, yet a branch is in doubt");
    }

    @Test
    void an_abort_that_gets_no_answer_is_being_told() throws Exception {
        Gate gate = world.gate();
        payments.onAbort(gate.before(payments::abortWell));
        Avow avow = world.open(directory, world.options().withTellTimeout(World.SHORT), orders, payments);
        Outcome.Aborted aborted = assertInstanceOf(
                Outcome.Aborted.class,
                World.begin(avow, "O001", orders, payments).abort());
        assertEquals(
                List.of(BranchEnding.ABORTED, BranchEnding.BEING_TOLD),
                aborted.branches().stream().map(BranchOutcome::ending).toList());
    }

    @Test
    void whoever_refused_has_aborted_even_if_it_cannot_be_told() {
        IllegalStateException gone = new IllegalStateException("gone");
        payments.onPrepare(id -> Vote.NO).onAbort(id -> {
            throw gone;
        });
        Avow avow = world.open(directory, orders, payments);
        Outcome.Aborted aborted = assertInstanceOf(
                Outcome.Aborted.class,
                World.begin(avow, "O001", orders, payments).commit());
        assertEquals(BranchEnding.ABORTED, aborted.branches().get(1).ending());
        assertSame(gone, aborted.branches().get(1).failure().orElseThrow());
    }

    @Test
    void an_abort_that_hangs_is_not_repeated_without_end() throws Exception {
        Gate gate = world.gate();
        orders.onAbort(gate.before(orders::abortWell));
        payments.onPrepare(id -> {
            world.await("orders is prepared", () -> orders.prepared().contains(id));
            return Vote.NO;
        });
        Avow avow = world.open(directory, world.options().withTellTimeout(World.SHORT), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.commit();
        world.awaitInquiries(orders, 8);
        List<String> calls = orders.calls(transaction.id());
        assertTrue(Collections.frequency(calls, "abort") <= 2, () -> "each holds a thread: " + calls);
        gate.open();
        world.await("orders is told", () -> orders.prepared().isEmpty());
    }

    @Test
    void an_end_that_finds_the_disk_full_comes_later_and_nothing_stops() throws Exception {
        LogFullException full = new LogFullException("no space");
        ScriptedLog log = world.log(directory).onEnd(ScriptedLog.failingWith(full, full));
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertEquals(List.of(), transaction.commit().requireCommitted().beingTold());
        assertEquals(
                List.of(),
                World.begin(avow, "O002", orders, payments)
                        .commit()
                        .requireCommitted()
                        .beingTold());
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(2, Collections.frequency(world.journal(), "log.end"));
        assertEquals(List.of("prepare", "commit"), orders.calls(transaction.id()));
    }

    @Test
    void an_end_that_meets_a_defect_of_the_log_comes_later() throws Exception {
        AtomicBoolean ill = new AtomicBoolean(true);
        ScriptedLog log = world.log(directory).onEnd(really -> {
            if (ill.getAndSet(false)) {
                throw new StackOverflowError("not now");
            }
            really.run();
        });
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertEquals(List.of(), transaction.commit().requireCommitted().beingTold());
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(List.of(), avow.unfinished());
    }

    @Test
    void no_commit_leaves_before_the_record_is_durable() throws Exception {
        Gate gate = world.gate();
        ScriptedLog log = world.log(directory).onCommit(really -> {
            really.run();
            passing(gate);
        });
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        FutureTask<Outcome> commit = World.aside(transaction::commit);
        gate.awaitCall();
        world.awaitInquiries(orders, 3);
        assertTrue(avow.awaitRecovered(World.LONG), "an undecided transaction is none of recovery's");
        assertEquals(List.of("prepare"), orders.calls(transaction.id()));
        assertEquals(List.of("prepare"), payments.calls(transaction.id()));
        gate.open();
        assertInstanceOf(Outcome.Committed.class, World.resultOf(commit));
        List<String> journal = world.journal();
        int recorded = journal.indexOf("log.commit");
        assertTrue(recorded < journal.indexOf("orders.commit"), journal::toString);
        assertTrue(recorded < journal.indexOf("payments.commit"), journal::toString);
        assertEquals(Optional.of("log.end"), Optional.of(journal.get(journal.size() - 1)));
    }

    private static void passing(Gate gate) {
        try {
            gate.pass();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
