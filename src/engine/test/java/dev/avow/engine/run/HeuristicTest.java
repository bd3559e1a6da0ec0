package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.BranchEnding;
import dev.avow.engine.Finding;
import dev.avow.engine.HeuristicException;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogFailedException;
import dev.avow.engine.LogFullException;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Participants that settle their part without the coordinator. */
final class HeuristicTest {

    @TempDir
    Path directory;

    private final World world = new World();
    private final ScriptedParticipant orders = world.participant("orders");
    private final ScriptedParticipant payments = world.participant("payments");

    @AfterEach
    void close() {
        world.close();
    }

    private static ScriptedParticipant.Script<Boolean> settled(BranchEnding ending) {
        return id -> {
            throw new HeuristicException(ending, "by hand");
        };
    }

    private static HeuristicRecord record(Transaction transaction, String decided, String decision) {
        return new HeuristicRecord(transaction.id(), transaction.name(), "payments", decided, decision);
    }

    @Test
    void a_contradicted_commit_is_reported_before_the_evidence_may_go_and_ends_after_it() throws Exception {
        payments.onCommit(settled(BranchEnding.HEURISTIC_ABORTED));
        Avow avow = world.open(world.log(directory), world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome.Heuristic heuristic = assertInstanceOf(Outcome.Heuristic.class, transaction.commit());
        assertEquals(Ending.COMMITTED, heuristic.decision());
        assertEquals(BranchEnding.COMMITTED, heuristic.branches().get(0).ending());
        assertEquals(BranchEnding.HEURISTIC_ABORTED, heuristic.branches().get(1).ending());
        assertEquals(
                "by hand", heuristic.branches().get(1).failure().orElseThrow().getMessage());
        assertEquals(List.of("prepare", "commit", "forget"), payments.calls(transaction.id()));
        List<String> journal = world.journal();
        assertTrue(journal.indexOf("log.heuristic") < journal.indexOf("payments.forget"), journal::toString);
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals("log.end", world.journal().get(journal.size() - 1));
        assertEquals(List.of(record(transaction, "abort", "commit")), avow.heuristics());
        avow.close();
        Avow reopened = world.open(directory, orders, payments);
        assertEquals(List.of(record(transaction, "abort", "commit")), reopened.heuristics());
        assertEquals(List.of(), reopened.unfinished());
    }

    @Test
    void a_contradiction_is_reported_although_the_log_failed_once_as_no_log_may() throws Exception {
        payments.onCommit(settled(BranchEnding.HEURISTIC_ABORTED));
        ScriptedLog log =
                world.log(directory).onHeuristic(ScriptedLog.failingWith(new IllegalStateException("replica lost")));
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertInstanceOf(Outcome.Heuristic.class, transaction.commit());
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(List.of(record(transaction, "abort", "commit")), avow.heuristics());
        assertEquals(
                List.of("prepare", "commit", "commit", "forget"), payments.calls(transaction.id()), "no forget before");
    }

    @Test
    void a_person_settles_a_contradiction_for_good() throws Exception {
        payments.onCommit(settled(BranchEnding.HEURISTIC_ABORTED));
        Avow avow = world.open(world.log(directory), world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.commit();
        assertTrue(avow.awaitRecovered(World.LONG));
        for (String other : List.of("orders", "")) {
            IllegalArgumentException unknown =
                    assertThrows(IllegalArgumentException.class, () -> avow.settle(transaction.id(), other));
            assertEquals(
                    "no contradiction of \"" + other + "\" in " + transaction.id()
                            + " is left to be settled: heuristics() lists those that are",
                    unknown.getMessage());
        }
        assertEquals(List.of(record(transaction, "abort", "commit")), avow.heuristics());
        assertEquals(Finding.HEURISTIC, avow.outcomeOf("O001"));
        assertEquals(Finding.HEURISTIC, avow.outcomeOf(transaction.id()));
        avow.settle(transaction.id(), "payments");
        world.await("only the commit is left", () -> avow.outcomeOf("O001") == Finding.COMMITTED);
        assertEquals(List.of(), avow.heuristics());
        assertThrows(IllegalArgumentException.class, () -> avow.settle(transaction.id(), "payments"));
        avow.close();
        assertThrows(IllegalStateException.class, () -> avow.settle(transaction.id(), "payments"));
        assertEquals(List.of(), world.open(directory, orders, payments).heuristics());
    }

    @Test
    void a_contradicted_abort_is_reported_before_the_evidence_may_go() {
        payments.onAbort(settled(BranchEnding.HEURISTIC_COMMITTED));
        Avow avow = world.open(world.log(directory), world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome.Heuristic heuristic = assertInstanceOf(Outcome.Heuristic.class, transaction.abort());
        assertEquals(Ending.ABORTED, heuristic.decision());
        assertEquals(
                BranchEnding.HEURISTIC_COMMITTED, heuristic.branches().get(1).ending());
        assertEquals(List.of("abort", "forget"), payments.calls(transaction.id()));
        List<String> journal = world.journal();
        assertTrue(journal.indexOf("log.heuristic") < journal.indexOf("payments.forget"), journal::toString);
        assertEquals(List.of(record(transaction, "commit", "abort")), avow.heuristics());
    }

    @Test
    void what_agrees_with_the_decision_is_no_contradiction() throws Exception {
        payments.onCommit(settled(BranchEnding.HEURISTIC_COMMITTED)).onAbort(settled(BranchEnding.HEURISTIC_ABORTED));
        Avow avow = world.open(world.log(directory), world.options(), orders, payments);
        Transaction committed = World.begin(avow, "O001", orders, payments);
        assertEquals(
                BranchEnding.HEURISTIC_COMMITTED,
                committed.commit().requireCommitted().branches().get(1).ending());
        assertEquals(List.of("prepare", "commit", "forget"), payments.calls(committed.id()));
        Transaction aborted = World.begin(avow, "O002", orders, payments);
        assertInstanceOf(Outcome.Aborted.class, aborted.abort());
        assertEquals(List.of("abort", "forget"), payments.calls(aborted.id()));
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(List.of(), avow.heuristics());
        assertFalse(world.journal().contains("log.heuristic"));
    }

    @Test
    void a_mixed_or_unknown_ending_contradicts_either_decision() {
        Avow avow = world.open(directory, orders, payments);
        payments.onCommit(settled(BranchEnding.HEURISTIC_MIXED)).onAbort(settled(BranchEnding.HEURISTIC_HAZARD));
        Transaction committed = World.begin(avow, "O001", orders, payments);
        assertInstanceOf(Outcome.Heuristic.class, committed.commit());
        Transaction aborted = World.begin(avow, "O002", orders, payments);
        assertInstanceOf(Outcome.Heuristic.class, aborted.abort());
        assertEquals(
                List.of(record(committed, "mixed", "commit"), record(aborted, "hazard", "abort")), avow.heuristics());
    }

    @Test
    void who_never_blocks_contradicts_in_the_callers_thread() {
        payments.withoutBlocking().onCommit(settled(BranchEnding.HEURISTIC_ABORTED));
        ScriptedParticipant same = world.participant("same").withoutBlocking();
        Avow avow = world.open(directory, payments, same);
        Transaction transaction = World.begin(avow, "O001", payments, same);
        assertInstanceOf(Outcome.Heuristic.class, transaction.commit());
        assertEquals(List.of("prepare", "commit", "forget"), payments.calls(transaction.id()));
        assertEquals(List.of("prepare", "commit"), same.calls(transaction.id()));
    }

    @Test
    void a_forget_that_fails_is_repeated_and_the_end_waits_for_it() throws Exception {
        AtomicInteger forgets = new AtomicInteger();
        payments.onCommit(settled(BranchEnding.HEURISTIC_ABORTED)).onForget(id -> {
            if (forgets.incrementAndGet() < 3) {
                throw new IllegalStateException("not now");
            }
            return true;
        });
        Avow avow = world.open(world.log(directory), world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertInstanceOf(Outcome.Heuristic.class, transaction.commit());
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(List.of("prepare", "commit", "forget", "forget", "forget"), payments.calls(transaction.id()));
        List<String> journal = world.journal();
        assertTrue(journal.lastIndexOf("payments.forget") < journal.indexOf("log.end"), journal::toString);
    }

    @Test
    void nothing_is_forgotten_while_the_report_cannot_be_written() throws Exception {
        payments.onCommit(settled(BranchEnding.HEURISTIC_ABORTED));
        AtomicInteger refusals = new AtomicInteger();
        orders.onCommit(id -> {
            refusals.incrementAndGet();
            throw new IllegalStateException("not now");
        });
        ScriptedLog log = world.log(directory).onHeuristic(really -> {
            throw new LogFailedException("the disk is gone");
        });
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome outcome = transaction.commit();
        assertInstanceOf(Outcome.Heuristic.class, outcome);
        int before = refusals.get();
        world.await("orders is told again and again", () -> refusals.get() > before + 3);
        assertFalse(payments.calls(transaction.id()).contains("forget"), "the only evidence was dropped");
        assertFalse(world.journal().contains("log.end"));
    }

    @Test
    void a_report_that_finds_the_disk_full_is_written_later() throws Exception {
        payments.onCommit(settled(BranchEnding.HEURISTIC_ABORTED));
        LogFullException full = new LogFullException("no space");
        ScriptedLog log = world.log(directory).onHeuristic(ScriptedLog.failingWith(full, full));
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertInstanceOf(Outcome.Heuristic.class, transaction.commit());
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(List.of(record(transaction, "abort", "commit")), avow.heuristics());
        List<String> journal = world.journal();
        assertTrue(journal.indexOf("log.heuristic") < journal.indexOf("payments.forget"), journal::toString);
        assertEquals(journal.size() - 1, journal.indexOf("log.end"), journal::toString);
    }

    @Test
    void a_contradiction_found_by_recovery_is_reported_under_the_transactions_name() throws Exception {
        AtomicBoolean settled = new AtomicBoolean();
        payments.onForget(payments::abortWell).onAbort(id -> {
            if (settled.get()) {
                throw new HeuristicException(BranchEnding.HEURISTIC_COMMITTED, "by hand");
            }
            throw new IllegalStateException("not now");
        });
        Avow earlier = world.open(directory, world.options().withRetries(World.LONG, World.LONG), orders, payments);
        Transaction transaction = World.begin(earlier, "O001", orders, payments);
        payments.prepareWell(transaction.id());
        transaction.abort();
        // Writes the note of the abort, which holds the name.
        earlier.close();
        settled.set(true);
        Avow avow = world.open(directory, orders, payments);
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(List.of(record(transaction, "commit", "abort")), avow.heuristics());
    }

    @Test
    void recovery_reports_a_contradiction_of_the_presumption_and_lets_it_be_forgotten() throws Exception {
        Avow first = world.open(directory, orders, payments);
        Transaction forgotten = first.begin("O001");
        TransactionId id = forgotten.id();
        first.close();
        payments.prepareWell(id);
        ScriptedParticipant restarted = payments.restarted();
        restarted.onAbort(settled(BranchEnding.HEURISTIC_COMMITTED)).onForget(restarted::abortWell);
        Avow second = world.open(directory, orders.restarted(), restarted);
        assertTrue(second.awaitRecovered(World.LONG));
        assertEquals(
                List.of(new HeuristicRecord(id, id.toString(), "payments", "commit", "abort")), second.heuristics());
        assertEquals(List.of("abort", "forget"), restarted.calls(id));
        assertEquals(Set.of(), restarted.prepared());
    }
}
