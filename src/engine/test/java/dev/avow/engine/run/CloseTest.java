package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.AbortCause;
import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.Finding;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a coordinator, and of work that took too long. */
final class CloseTest {

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
    void what_is_at_work_is_aborted_and_told_why() {
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        avow.close();
        assertEquals(List.of("abort"), orders.calls(transaction.id()));
        assertEquals(List.of("abort"), payments.calls(transaction.id()));
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, transaction.commit());
        assertEquals(AbortCause.CLOSED, aborted.why());
        assertEquals("the coordinator was closed", aborted.reason());
    }

    @Test
    void nothing_begins_after_it_and_a_second_call_does_nothing() {
        Avow avow = world.open(directory, orders);
        avow.close();
        avow.close();
        assertEquals(
                "the coordinator is closed",
                assertThrows(IllegalStateException.class, () -> avow.begin("O001"))
                        .getMessage());
        assertThrows(IllegalStateException.class, () -> avow.awaitRecovered(World.SHORT));
        world.open(directory, orders).close();
    }

    @Test
    void what_begins_while_it_closes_is_refused_and_leaves_nothing() {
        AtomicReference<Runnable> between = new AtomicReference<>(() -> {});
        ScriptedLog log =
                world.log(directory).beforeId(() -> between.getAndSet(() -> {}).run());
        Avow avow = world.open(log, world.options(), orders);
        between.set(avow::close);
        assertThrows(IllegalStateException.class, () -> avow.begin("O001"));
        assertEquals(Finding.NO_RECORD, avow.outcomeOf("O001"));
    }

    @Test
    void it_waits_for_what_is_being_committed() throws Exception {
        Gate gate = world.gate();
        payments.onPrepare(gate.before(payments::prepareWell));
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        FutureTask<Outcome> commit = World.aside(transaction::commit);
        gate.awaitCall();
        FutureTask<Boolean> close = World.aside(() -> {
            avow.close();
            return true;
        });
        world.await("it is closing", () -> {
            try {
                avow.begin("probe").close();
                return false;
            } catch (IllegalStateException closed) {
                return true;
            }
        });
        gate.open();
        World.resultOf(commit).requireCommitted();
        World.resultOf(close);
        assertEquals(List.of("prepare", "commit"), orders.calls(transaction.id()));
    }

    @Test
    void many_transactions_with_a_participant_that_hangs_end_side_by_side() throws Exception {
        Gate gate = world.gate();
        AtomicInteger waiting = new AtomicInteger();
        payments.onAbort(id -> {
            waiting.incrementAndGet();
            gate.pass();
            return payments.abortWell(id);
        });
        Avow avow = world.open(directory, orders, payments);
        List<Transaction> transactions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            transactions.add(World.begin(avow, "O" + i, orders, payments));
        }
        FutureTask<Boolean> close = World.aside(() -> {
            avow.close();
            return true;
        });
        world.await(
                "all are told at once",
                () -> waiting.get() == 20 && orders.ended().size() == 20);
        gate.open();
        World.resultOf(close);
        transactions.forEach(transaction -> assertInstanceOf(Outcome.Aborted.class, transaction.commit()));
    }

    @Test
    void a_participant_that_hangs_holds_a_bounded_number_of_threads() throws Exception {
        Gate gate = world.gate();
        AtomicInteger waiting = new AtomicInteger();
        payments.onAbort(id -> {
            waiting.incrementAndGet();
            gate.pass();
            return payments.abortWell(id);
        });
        ScarceThreads threads = new ScarceThreads();
        AvowOptions calm = world.options().withRetries(World.LONG, World.LONG);
        Engine engine = world.open(world.log(directory), calm, threads::workers, payments);
        int transactions = 5 * Lane.MOST;
        for (int i = 0; i < transactions; i++) {
            engine.begin("O" + i).enlist(payments);
        }
        FutureTask<Boolean> close = World.aside(() -> {
            engine.close();
            return true;
        });
        world.await("as many as may wait at once", () -> waiting.get() == Lane.MOST);
        assertTrue(threads.made() < Lane.MOST + 10, threads.made() + " threads");
        gate.open();
        World.resultOf(close);
        assertEquals(transactions, payments.ended().size(), "the others come after them");
    }

    @Test
    void the_log_is_closed_whatever_a_transaction_ends_with() {
        ScriptedParticipant nameless = world.participant("nameless").withoutBlocking();
        Avow avow = Avow.open(directory, world.options(), List.of(orders, nameless));
        World.begin(avow, "O001", orders, nameless);
        nameless.onAbort(id -> {
            throw new Error("a defect");
        });
        avow.close();
        DecisionLog.open(directory).close();
    }

    @Test
    void an_unfinished_commit_is_left_to_the_next_start() throws Exception {
        Gate gate = world.gate();
        payments.onCommit(gate.before(payments::commitWell));
        Avow avow = world.open(directory, world.options().withTellTimeout(World.SHORT), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertEquals(
                List.of("payments"), transaction.commit().requireCommitted().beingTold());
        avow.close();
        ScriptedParticipant restarted = payments.restarted();
        Avow reopened = world.open(directory, orders, restarted);
        assertTrue(reopened.awaitRecovered(World.LONG));
        assertEquals(List.of("commit"), restarted.calls(transaction.id()));
    }

    @Test
    void work_that_takes_too_long_is_aborted_and_a_late_commit_hears_why() throws Exception {
        Avow avow = world.open(directory, world.options().withWorkTimeout(World.SHORT), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        world.await(
                "it is aborted",
                () -> orders.ended().containsKey(transaction.id())
                        && payments.ended().containsKey(transaction.id()));
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, transaction.commit());
        assertEquals(AbortCause.WORK_TIMEOUT, aborted.why());
        assertEquals("the application worked for longer than its timeout of PT0.03S", aborted.reason());
        IllegalStateException late = assertThrows(IllegalStateException.class, () -> transaction.enlist(orders));
        assertTrue(
                String.valueOf(late.getMessage()).endsWith("which has ended: aborted, " + aborted.reason()),
                late::toString);
    }

    @Test
    void a_transaction_may_have_a_timeout_of_its_own() throws Exception {
        Avow avow = world.open(directory, world.options(), orders, payments);
        Transaction patient = World.begin(avow, "O001", orders, payments);
        Transaction hasty = avow.begin("O002", World.SHORT);
        hasty.enlist(orders);
        world.await("it is aborted", () -> orders.ended().containsKey(hasty.id()));
        assertEquals(
                AbortCause.WORK_TIMEOUT,
                assertInstanceOf(Outcome.Aborted.class, hasty.commit()).why());
        assertInstanceOf(Outcome.Committed.class, patient.commit());
        for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThrows(IllegalArgumentException.class, () -> avow.begin("O003", none));
        }
    }

    @Test
    void a_participant_that_hangs_at_one_timeout_delays_no_other() throws Exception {
        Gate gate = world.gate();
        payments.onAbort(gate.before(payments::abortWell));
        Avow avow = world.open(directory, world.options().withWorkTimeout(World.SHORT), orders, payments);
        World.begin(avow, "O001", payments);
        gate.awaitCall();
        Transaction other = World.begin(avow, "O002", orders);
        world.await("the other is aborted", () -> orders.ended().containsKey(other.id()));
    }

    @Test
    void a_transaction_that_is_being_committed_has_no_work_timeout() throws Exception {
        Gate gate = world.gate();
        payments.onPrepare(gate.before(payments::prepareWell));
        Avow avow = world.open(directory, world.options().withWorkTimeout(World.SHORT), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        FutureTask<Outcome> commit = World.aside(transaction::commit);
        gate.awaitCall();
        Transaction younger = World.begin(avow, "O002", orders);
        world.await("the younger is aborted", () -> orders.ended().containsKey(younger.id()));
        gate.open();
        World.resultOf(commit).requireCommitted();
    }
}
