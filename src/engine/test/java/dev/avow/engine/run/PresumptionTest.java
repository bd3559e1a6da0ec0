package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.Finding;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which branches in doubt recovery may abort, and which it may not touch. (AnswerOnlyDecided, Fenced) */
final class PresumptionTest {

    @TempDir
    Path directory;

    private final World world = new World();
    private final ScriptedParticipant orders = world.participant("orders");
    private final ScriptedParticipant payments = world.participant("payments");

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void an_undecided_transaction_is_left_alone_and_commits() throws Exception {
        Gate gate = world.gate();
        payments.onPrepare(gate.before(payments::prepareWell));
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        FutureTask<Outcome> commit = World.aside(transaction::commit);
        world.await("orders is in doubt", () -> orders.prepared().contains(transaction.id()));
        assertTrue(avow.awaitRecovered(World.LONG));
        world.awaitInquiries(orders, 3);
        assertEquals(List.of("prepare"), orders.calls(transaction.id()));
        assertEquals(Finding.RUNNING, avow.outcomeOf(transaction.id()));
        gate.open();
        assertInstanceOf(Outcome.Committed.class, World.resultOf(commit));
    }

    @Test
    void work_that_is_in_doubt_before_anyone_asks_for_votes_is_left_alone() throws Exception {
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        orders.prepareWell(transaction.id());
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(List.of(), orders.calls(transaction.id()));
        assertInstanceOf(Outcome.Committed.class, transaction.commit());
    }

    @Test
    void a_decision_handed_to_one_participant_is_left_alone() throws Exception {
        Gate gate = world.gate();
        orders.onOnePhase(orders::commitOnePhaseByDefault).onCommit(gate.before(orders::commitWell));
        Avow avow = world.open(directory, orders);
        Transaction transaction = World.begin(avow, "O001", orders);
        FutureTask<Outcome> commit = World.aside(transaction::commit);
        gate.awaitCall();
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(List.of("onePhase", "prepare", "commit"), orders.calls(transaction.id()));
        gate.open();
        assertInstanceOf(Outcome.Committed.class, World.resultOf(commit));
    }

    @Test
    void other_coordinators_and_later_incarnations_decide_for_themselves() throws Exception {
        Avow first = world.open(directory, orders, payments);
        TransactionId own = first.begin("O001").id();
        TransactionId anothers = TransactionId.of(own.coordinator() ^ 1, own.incarnation(), own.sequence());
        TransactionId later = TransactionId.of(own.coordinator(), own.incarnation() + 1, own.sequence());
        orders.prepareWell(anothers);
        orders.prepareWell(later);
        world.awaitInquiries(orders, 3);
        assertTrue(first.awaitRecovered(World.LONG));
        assertEquals(Set.of(anothers, later), orders.prepared());
        assertEquals(List.of(), orders.calls(anothers));
        assertEquals(List.of(), orders.calls(later));
        first.close();
        // Nor is the second that later one: it never began it.
        Avow second = world.open(directory, orders, payments);
        assertTrue(second.awaitRecovered(World.LONG));
        assertEquals(Set.of(anothers, later), orders.prepared());
    }

    @Test
    void an_orphan_of_this_incarnation_is_aborted() throws Exception {
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.abort();
        ScriptedParticipant late = orders;
        late.onAbort(id -> {
            assertEquals(transaction.id(), id);
            return late.abortWell(id);
        });
        late.prepareWell(transaction.id());
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(Set.of(), late.prepared());
    }

    @Test
    void a_null_among_the_branches_in_doubt_holds_up_no_other() throws Exception {
        orders.onInDoubt(id -> {
            List<TransactionId> listed = new ArrayList<>(orders.prepared());
            listed.add(0, (new TransactionId[1])[0]);
            return listed;
        });
        Avow avow = world.open(directory, orders);
        Transaction transaction = avow.begin("O001");
        transaction.abort();
        orders.prepareWell(transaction.id());
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(Set.of(), orders.prepared());
    }

    @Test
    void an_abort_that_hung_and_then_failed_is_repeated() throws Exception {
        Gate gate = world.gate();
        AtomicBoolean first = new AtomicBoolean(true);
        orders.onAbort(id -> {
            if (first.getAndSet(false)) {
                gate.pass();
                throw new IllegalStateException("not now");
            }
            return orders.abortWell(id);
        });
        Avow avow = world.open(directory, world.options().withTellTimeout(World.SHORT), orders);
        Transaction transaction = avow.begin("O001");
        transaction.abort();
        orders.prepareWell(transaction.id());
        gate.awaitCall();
        world.awaitInquiries(orders, 5);
        assertEquals(List.of("abort"), orders.calls(transaction.id()), "it may still come to its end");
        gate.open();
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(List.of("abort", "abort"), orders.calls(transaction.id()));
    }

    @Test
    void a_list_that_was_made_before_the_commit_is_not_believed_after_it() throws Exception {
        AtomicBoolean stale = new AtomicBoolean();
        Gate gate = world.gate();
        orders.onInDoubt(id -> {
            Set<TransactionId> listed = orders.prepared();
            if (!listed.isEmpty() && stale.compareAndSet(false, true)) {
                gate.pass();
            }
            return listed;
        });
        Gate vote = world.gate();
        payments.onPrepare(vote.before(payments::prepareWell));
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        FutureTask<Outcome> commit = World.aside(transaction::commit);
        gate.awaitCall();
        vote.open();
        assertInstanceOf(Outcome.Committed.class, World.resultOf(commit));
        world.await("it is forgotten", () -> world.actions(transaction.id()).contains("CoordinatorForget"));
        // Carries the end with it: now no record speaks for the first.
        World.begin(avow, "O002", orders, payments).commit().requireCommitted();
        gate.open();
        world.awaitInquiries(orders, 3);
        assertEquals(List.of("prepare", "commit"), orders.calls(transaction.id()));
    }

    @Test
    void a_look_that_began_before_the_call_is_not_what_was_asked_for() throws Exception {
        Gate gate = world.gate();
        Avow avow = world.open(directory, world.options().withRetries(World.LONG, World.LONG), orders);
        Transaction lost = avow.begin("O001");
        lost.abort();
        assertTrue(avow.awaitRecovered(World.LONG));
        AtomicBoolean first = new AtomicBoolean(true);
        orders.onInDoubt(id -> {
            Set<TransactionId> listed = orders.prepared();
            if (first.compareAndSet(true, false)) {
                gate.pass();
            }
            return listed;
        });
        FutureTask<Boolean> earlier = World.aside(() -> avow.awaitRecovered(World.LONG));
        gate.awaitCall();
        orders.prepareWell(lost.id());
        Gate abort = world.gate();
        orders.onAbort(abort.before(orders::abortWell));
        FutureTask<Boolean> later = new FutureTask<>(() -> avow.awaitRecovered(World.LONG));
        Thread caller = new Thread(later);
        caller.start();
        world.await("the second waits too", () -> caller.getState() == Thread.State.TIMED_WAITING);
        gate.open();
        assertTrue(World.resultOf(earlier));
        abort.awaitCall();
        assertThrows(TimeoutException.class, () -> later.get(World.SHORT.toMillis(), TimeUnit.MILLISECONDS));
        abort.open();
        assertTrue(World.resultOf(later));
        assertEquals(Set.of(), orders.prepared());
    }
}
