package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.AbortCause;
import dev.avow.engine.Avow;
import dev.avow.engine.Finding;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.protocol.Ending;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interrupting the thread that commits. */
final class InterruptedCommitTest {

    @TempDir
    Path directory;

    private final World world = new World();
    private final ScriptedParticipant orders = world.participant("orders");
    private final ScriptedParticipant payments = world.participant("payments");

    @AfterEach
    void close() {
        world.close();
    }

    /** What the call gives when it starts interrupted; the interrupt must be there afterwards. */
    private static Outcome interrupted(Supplier<Outcome> call) {
        Thread.currentThread().interrupt();
        try {
            return call.get();
        } finally {
            assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        }
    }

    @Test
    void an_interrupt_before_commit_aborts_without_asking_for_votes() throws Exception {
        ScriptedParticipant same = world.participant("same").withoutBlocking();
        Avow avow = world.open(directory, orders, payments, same);
        Transaction transaction = World.begin(avow, "O001", orders, payments, same);
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, interrupted(transaction::commit));
        assertEquals(AbortCause.INTERRUPTED, aborted.why());
        assertEquals("the thread was interrupted before it asked for votes", aborted.reason());
        assertEquals(List.of("abort"), same.calls(transaction.id()));
        world.await(
                "the others are told",
                () -> orders.ended().containsKey(transaction.id())
                        && payments.ended().containsKey(transaction.id()));
        assertEquals(List.of("abort"), orders.calls(transaction.id()));
        World.begin(avow, "O002", orders, payments).commit().requireCommitted();
    }

    @Test
    void an_interrupt_before_commit_never_hands_the_decision_to_one_participant() throws Exception {
        Avow avow = world.open(directory, orders);
        Transaction transaction = World.begin(avow, "O001", orders);
        assertInstanceOf(Outcome.Aborted.class, interrupted(transaction::commit));
        world.await("orders is told", () -> orders.ended().containsKey(transaction.id()));
        assertEquals(List.of("abort"), orders.calls(transaction.id()));
    }

    @Test
    void an_interrupt_during_the_votes_aborts() throws Exception {
        Gate gate = world.gate();
        Thread caller = Thread.currentThread();
        payments.onPrepare(id -> {
            caller.interrupt();
            gate.pass();
            return payments.prepareWell(id);
        });
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome outcome = transaction.commit();
        assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, outcome);
        assertEquals(AbortCause.INTERRUPTED, aborted.why());
        assertTrue(
                aborted.reason().startsWith("the thread was interrupted while it waited for the votes of ["),
                aborted::reason);
        gate.open();
        assertTrue(avow.awaitRecovered(World.LONG));
        world.await(
                "all are told", () -> Map.of(transaction.id(), Ending.ABORTED).equals(payments.ended()));
    }

    @Test
    void an_interrupt_after_the_decision_cuts_only_the_waiting_short() throws Exception {
        Gate gate = world.gate();
        payments.onCommit(gate.before(payments::commitWell));
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        FutureTask<Boolean> flag = new FutureTask<>(() -> {
            Outcome.Committed committed = transaction.commit().requireCommitted();
            assertTrue(committed.beingTold().contains("payments"));
            return Thread.interrupted();
        });
        Thread caller = new Thread(flag);
        caller.start();
        gate.awaitCall();
        caller.interrupt();
        assertTrue(World.resultOf(flag), "the interrupt was swallowed");
        gate.open();
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(Map.of(transaction.id(), Ending.COMMITTED), payments.ended());
        World.begin(avow, "O002", orders, payments).commit().requireCommitted();
    }

    /** Lets this run in another thread and interrupts it once a call has come to the gate. */
    private static Outcome interruptedAt(Gate gate, Callable<Outcome> call) throws Exception {
        FutureTask<Outcome> task = new FutureTask<>(call);
        Thread caller = new Thread(task);
        caller.start();
        gate.awaitCall();
        caller.interrupt();
        return World.resultOf(task);
    }

    @Test
    void an_interrupt_lets_no_abort_meet_a_commit_in_one_phase_that_is_in_its_time() throws Exception {
        Gate gate = world.gate();
        orders.onOnePhase(orders::commitOnePhaseByDefault).onCommit(gate.before(orders::commitWell));
        Avow avow = world.open(directory, orders);
        Transaction transaction = World.begin(avow, "O001", orders);
        assertInstanceOf(Outcome.InDoubt.class, interruptedAt(gate, transaction::commit));
        world.awaitInquiries(orders, 5);
        assertEquals(Finding.RUNNING, avow.outcomeOf(transaction.id()));
        gate.open();
        world.await("it is over", () -> avow.outcomeOf(transaction.id()) == Finding.NO_RECORD);
        assertEquals(List.of("onePhase", "prepare", "commit"), orders.calls(transaction.id()));
        assertEquals(Map.of(transaction.id(), Ending.COMMITTED), orders.ended());
    }

    @Test
    void after_its_time_recovery_may_abort_what_an_interrupt_left_behind() throws Exception {
        Gate gate = world.gate();
        orders.onOnePhase(orders::commitOnePhaseByDefault).onCommit(gate.before(id -> true));
        Avow avow = world.open(directory, world.options().withTellTimeout(Duration.ofMillis(300)), orders);
        Transaction transaction = World.begin(avow, "O001", orders);
        assertInstanceOf(Outcome.InDoubt.class, interruptedAt(gate, transaction::commit));
        world.await("it is aborted", () -> orders.ended().containsKey(transaction.id()));
    }

    @Test
    void an_interrupt_lets_no_second_abort_meet_one_that_is_in_its_time() throws Exception {
        Gate gate = world.gate();
        orders.onAbort(gate.before(orders::abortWell));
        Avow avow = world.open(directory, orders);
        Transaction transaction = World.begin(avow, "O001", orders);
        orders.prepareWell(transaction.id());
        assertInstanceOf(Outcome.Aborted.class, interruptedAt(gate, transaction::abort));
        world.awaitInquiries(orders, 5);
        assertEquals(List.of("abort"), orders.calls(transaction.id()));
        gate.open();
        world.await("it is over", () -> avow.outcomeOf(transaction.id()) != Finding.RUNNING);
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(List.of("abort"), orders.calls(transaction.id()));
    }

    @Test
    void an_interrupt_while_the_record_is_written_harms_neither_record_nor_log() throws Exception {
        ScriptedLog log = world.log(directory).onCommit(really -> {
            Thread.currentThread().interrupt();
            really.run();
        });
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome outcome = transaction.commit();
        assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        outcome.requireCommitted();
        assertTrue(avow.awaitRecovered(World.LONG));
        log.onCommit(Runnable::run);
        World.begin(avow, "O002", orders, payments).commit().requireCommitted();
    }

    @Test
    void a_participant_that_gives_up_for_an_interrupt_of_its_own_has_refused() throws Exception {
        payments.onPrepare(id -> {
            throw new InterruptedException("by the driver");
        });
        Avow avow = world.open(directory, orders, payments);
        Outcome.Aborted aborted = assertInstanceOf(
                Outcome.Aborted.class,
                World.begin(avow, "O001", orders, payments).commit());
        assertEquals("\"payments\" refused: by the driver", aborted.reason());
        assertEquals(false, Thread.interrupted());
        payments.onPrepare(payments::prepareWell);
        World.begin(avow, "O002", orders, payments).commit().requireCommitted();
    }

    @Test
    void an_abort_and_a_close_take_effect_although_interrupted() throws Exception {
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertInstanceOf(Outcome.Aborted.class, interrupted(transaction::abort));
        world.await(
                "all are told",
                () -> orders.ended().containsKey(transaction.id())
                        && payments.ended().containsKey(transaction.id()));
        Thread.currentThread().interrupt();
        avow.close();
        assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        World.begin(world.open(directory, orders, payments), "O002", orders, payments)
                .commit()
                .requireCommitted();
    }
}
