package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.BranchEnding;
import dev.avow.engine.ContradictionException;
import dev.avow.engine.Finding;
import dev.avow.engine.HeuristicException;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.Pending;
import dev.avow.engine.Pending.Task;
import dev.avow.engine.RememberedOutcome.Ending;
import dev.avow.engine.Resolution;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person ends what the protocol can't, while the coordinator runs. */
final class ResolvingTest {

    @TempDir
    Path directory;

    private final World world = new World();
    private final ScriptedParticipant orders = world.participant("orders");
    private final ScriptedParticipant payments = world.participant("payments");
    private final AtomicBoolean gone = new AtomicBoolean(true);

    @AfterEach
    void close() {
        world.close();
    }

    private void paymentsIsGone() {
        payments.onCommit(id -> {
            if (gone.get()) {
                throw new IllegalStateException("connection refused");
            }
            return payments.commitWell(id);
        });
    }

    private static Resolution resolution(Transaction transaction, Ending decision) {
        return new Resolution(
                transaction.id(), transaction.name(), "payments", decision, false, "ada", Instant.EPOCH, "disk lost");
    }

    @Test
    void what_is_pending_tells_whom_since_when_and_why() throws Exception {
        paymentsIsGone();
        Avow avow = world.open(directory, world.options().withRetries(World.LONG, World.LONG), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.commit().requireCommitted();
        List<Pending> pending = avow.pending();
        assertEquals(1, pending.size(), pending::toString);
        Pending commit = pending.get(0);
        assertEquals(Task.COMMIT, commit.task());
        assertEquals(Optional.of(transaction.id()), commit.id());
        assertEquals(List.of("O001", "payments"), List.of(commit.name(), commit.participant()));
        assertEquals(Optional.of("connection refused"), commit.failure());
        assertEquals(1, commit.attempts());
        assertFalse(commit.older());
        assertFalse(commit.age().isNegative());
        assertTrue(commit.next().orElseThrow().compareTo(World.LONG) <= 0, commit::toString);
        gone.set(false);
        avow.close();
        payments.onCommit(id -> {
            throw new IllegalStateException("still gone\nfor all");
        });
        Avow next = world.open(directory, orders, payments);
        world.await("it was tried", () -> next.pending().stream().anyMatch(each -> each.attempts() > 2));
        Pending older = next.pending().get(0);
        assertTrue(older.older());
        assertEquals(Optional.of("still gone for all"), older.failure());
    }

    @Test
    void a_participant_that_cannot_be_looked_at_and_a_branch_that_cannot_be_aborted_are_pending() throws Exception {
        Avow first = world.open(directory, orders, payments);
        TransactionId lost = first.begin("O001").id();
        first.close();
        payments.prepareWell(lost);
        payments.onAbort(id -> {
            throw new IllegalStateException("locked");
        });
        orders.onInDoubt(id -> {
            throw new IllegalStateException("unreachable");
        });
        Avow avow = world.open(directory, orders, payments);
        world.await("both have failed", () -> avow.pending().size() == 2);
        world.await("both were repeated", () -> avow.pending().stream().allMatch(each -> each.attempts() > 1));
        Pending look = avow.pending().stream()
                .filter(each -> each.task() == Task.LOOK)
                .findFirst()
                .orElseThrow();
        Pending abort = avow.pending().stream()
                .filter(each -> each.task() == Task.ABORT)
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of("orders", "unreachable"),
                List.of(look.participant(), look.failure().orElseThrow()));
        assertEquals(Optional.of(lost), abort.id());
        assertEquals(
                List.of("payments", "locked"),
                List.of(abort.participant(), abort.failure().orElseThrow()));
        orders.onInDoubt(id -> Set.of());
        payments.onAbort(payments::abortWell);
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(List.of(), avow.pending());
    }

    @Test
    void a_commit_that_a_participant_cannot_hear_ends_by_a_persons_word() throws Exception {
        paymentsIsGone();
        Avow avow = world.open(world.log(directory), world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.commit().requireCommitted();
        assertEquals(Finding.COMMITTING, avow.outcomeOf("O001"));
        Resolution resolution = resolution(transaction, Ending.COMMITTED);
        assertEquals(resolution, avow.settle(resolution));
        assertEquals(Finding.COMMITTED, avow.outcomeOf("O001"));
        assertEquals(List.of(), avow.unfinished());
        List<String> journal = world.journal();
        assertTrue(journal.indexOf("log.resolution") < journal.indexOf("log.end"), journal::toString);
        assertThrows(IllegalArgumentException.class, () -> avow.settle(resolution));
    }

    @Test
    void whoever_comes_back_after_its_commit_was_resolved_commits() throws Exception {
        paymentsIsGone();
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.commit().requireCommitted();
        avow.settle(resolution(transaction, Ending.COMMITTED));
        assertFalse(avow.awaitRecovered(World.SHORT), "it is in doubt and can't be told");
        assertEquals(
                List.of("payments"),
                avow.pending().stream().map(Pending::participant).toList());
        gone.set(false);
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(Set.of(), payments.prepared());
        assertFalse(payments.calls(transaction.id()).contains("abort"), "the presumption is for what has no record");
    }

    @Test
    void whoever_comes_back_only_after_the_next_start_commits_too() throws Exception {
        paymentsIsGone();
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.commit().requireCommitted();
        avow.settle(resolution(transaction, Ending.COMMITTED));
        avow.close();
        ScriptedParticipant back = payments.restarted();
        Avow next = world.open(directory, orders.restarted(), back);
        assertTrue(next.awaitRecovered(World.LONG));
        assertEquals(List.of("commit"), back.calls(transaction.id()));
        assertEquals(Set.of(), back.prepared());
        assertEquals(List.of(), next.heuristics());
    }

    @Test
    void whoever_comes_back_having_aborted_is_reported() throws Exception {
        paymentsIsGone();
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.commit().requireCommitted();
        avow.settle(resolution(transaction, Ending.COMMITTED));
        payments.onForget(payments::abortWell).onCommit(id -> {
            throw new HeuristicException(BranchEnding.HEURISTIC_ABORTED, "by hand");
        });
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(
                List.of(new HeuristicRecord(transaction.id(), "O001", "payments", "abort", "commit")),
                avow.heuristics());
    }

    @Test
    void an_abort_against_a_durable_commit_is_refused_and_if_forced_is_a_contradiction() throws Exception {
        paymentsIsGone();
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.commit().requireCommitted();
        Resolution abort = resolution(transaction, Ending.ABORTED);
        assertThrows(ContradictionException.class, () -> avow.settle(abort));
        assertEquals(1, avow.unfinished().size());
        avow.settle(abort.withForced(true));
        assertEquals(List.of(), avow.unfinished());
        assertEquals(
                List.of(new HeuristicRecord(transaction.id(), "O001", "payments", "abort", "commit")),
                avow.heuristics());
        assertTrue(avow.awaitRecovered(World.LONG), "what comes back is aborted");
        assertEquals(Set.of(), payments.prepared());
        assertEquals(
                "abort",
                payments.calls(transaction.id())
                        .get(payments.calls(transaction.id()).size() - 1));
        avow.settle(abort.withForced(true));
        assertEquals(List.of(), avow.heuristics());
    }

    @Test
    void the_others_are_still_told() throws Exception {
        paymentsIsGone();
        orders.onCommit(id -> {
            if (gone.get()) {
                throw new IllegalStateException("restarting");
            }
            return orders.commitWell(id);
        });
        Avow avow = world.open(world.log(directory), world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.commit().requireCommitted();
        avow.settle(resolution(transaction, Ending.COMMITTED));
        assertEquals(List.of("orders"), avow.unfinished().get(0).participants());
        assertFalse(world.journal().contains("log.end"));
        gone.set(false);
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(List.of(), avow.unfinished());
    }

    @Test
    void whoever_is_being_told_is_not_told_by_a_second_call_when_another_part_is_resolved() throws Exception {
        paymentsIsGone();
        Gate gate = world.gate();
        orders.onCommit(gate.before(orders::commitWell));
        AtomicInteger looks = new AtomicInteger();
        orders.onInDoubt(id -> {
            looks.incrementAndGet();
            return orders.prepared();
        });
        Avow avow = world.open(world.log(directory), world.options().withTellTimeout(World.SHORT), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.commit().requireCommitted();
        gate.awaitCall();
        avow.settle(resolution(transaction, Ending.COMMITTED));
        // Looks at orders, which is in doubt about it, to their end.
        for (int look = 1; look <= 2; look++) {
            int before = looks.get();
            assertFalse(avow.awaitRecovered(World.SHORT));
            world.await("it is looked at", () -> looks.get() > before);
        }
        assertEquals(
                1,
                orders.calls(transaction.id()).stream().filter("commit"::equals).count());
        gate.open();
        gone.set(false);
        assertTrue(avow.awaitRecovered(World.LONG));
    }

    @Test
    void a_participant_that_hangs_when_it_is_asked_what_it_is_in_doubt_about_is_pending() throws Exception {
        Gate gate = world.gate();
        orders.onInDoubt(gate.before(id -> Set.of()));
        Avow avow = world.open(directory, orders, payments);
        world.await("it is pending", () -> !avow.pending().isEmpty());
        Pending look = avow.pending().get(0);
        assertEquals(List.of(Task.LOOK, "orders"), List.of(look.task(), look.participant()));
        assertEquals(Optional.empty(), look.failure());
        gate.open();
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(List.of(), avow.pending());
    }

    @Test
    void a_call_that_hung_when_its_participant_was_resolved_may_still_return() throws Exception {
        Gate gate = world.gate();
        payments.onCommit(gate.before(payments::commitWell));
        Avow avow = world.open(directory, world.options().withTellTimeout(World.SHORT), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.commit().requireCommitted();
        avow.settle(resolution(transaction, Ending.COMMITTED));
        assertEquals(List.of(), avow.unfinished());
        gate.open();
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(Set.of(), payments.prepared());
    }

    @Test
    void a_closed_coordinator_resolves_nothing() {
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = avow.begin("O001");
        avow.close();
        assertThrows(IllegalStateException.class, () -> avow.settle(resolution(transaction, Ending.COMMITTED)));
    }
}
