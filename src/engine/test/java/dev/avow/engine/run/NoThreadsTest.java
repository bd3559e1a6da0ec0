package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.AbortCause;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.Outcome;
import dev.avow.engine.Participant;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call that can't be started is late, and never lost. (Termination) */
final class NoThreadsTest {

    @TempDir
    Path directory;

    private final World world = new World();
    private final ScarceThreads threads = new ScarceThreads();
    private final ScriptedParticipant orders = world.participant("orders");
    private final ScriptedParticipant payments = world.participant("payments");

    @AfterEach
    void close() {
        threads.relieve();
        world.close();
    }

    private Engine open(AvowOptions options, Participant... participants) {
        return world.open(world.log(directory), options, threads::workers, participants);
    }

    /** Returns once two more threads were refused. */
    private void awaitRefusals() throws InterruptedException {
        int wanted = threads.refused() + 2;
        world.await("threads are refused", () -> threads.refused() >= wanted);
    }

    private static Transaction begin(Engine engine, String name, Participant... participants) {
        Transaction transaction = engine.begin(name);
        List.of(participants).forEach(transaction::enlist);
        return transaction;
    }

    @Test
    void a_commit_that_nobody_could_be_told_is_told_later() throws Exception {
        AvowOptions options = world.options().withObserver(step -> {
            if (step.action().equals("CoordinatorDecideCommit")) {
                threads.exhaust();
            }
        });
        Engine engine = open(options, orders, payments);
        Outcome.Committed committed =
                begin(engine, "O001", orders, payments).commit().requireCommitted();
        assertEquals(List.of("orders", "payments"), committed.beingTold());
        assertInstanceOf(
                NotStartedException.class, committed.branches().get(0).failure().orElseThrow());
        threads.relieve();
        assertTrue(engine.awaitRecovered(World.LONG));
        assertEquals(Map.of(committed.id(), Ending.COMMITTED), orders.ended());
        assertEquals(Map.of(committed.id(), Ending.COMMITTED), payments.ended());
    }

    @Test
    void repetitions_of_a_commit_go_on_after_a_moment_without_threads() throws Exception {
        AtomicBoolean ill = new AtomicBoolean(true);
        payments.onCommit(id -> {
            if (ill.get()) {
                throw new IllegalStateException("not now");
            }
            return payments.commitWell(id);
        });
        Engine engine = open(world.options(), orders, payments);
        begin(engine, "O001", orders, payments).commit().requireCommitted();
        threads.exhaust();
        awaitRefusals();
        ill.set(false);
        threads.relieve();
        world.await("payments is told", () -> payments.ended().size() == 1);
    }

    @Test
    void looks_at_a_participant_go_on_after_a_moment_without_threads() throws Exception {
        Engine engine = open(world.options(), orders);
        threads.exhaust();
        awaitRefusals();
        assertFalse(engine.awaitRecovered(World.SHORT));
        threads.relieve();
        world.awaitInquiries(orders, 3);
    }

    @Test
    void work_times_out_after_a_moment_without_threads() throws Exception {
        Engine engine = open(world.options().withWorkTimeout(World.SHORT), orders);
        threads.exhaust();
        awaitRefusals();
        threads.relieve();
        Transaction transaction = begin(engine, "O001", orders);
        world.await("it is aborted", () -> orders.ended().containsKey(transaction.id()));
    }

    @Test
    void who_cannot_be_asked_for_a_vote_has_refused_and_nobody_stays_in_doubt() throws Exception {
        Engine engine = open(world.options(), orders, payments);
        Transaction transaction = begin(engine, "O001", orders, payments);
        threads.exhaust();
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, transaction.commit());
        assertEquals(AbortCause.NO_THREAD, aborted.why());
        assertEquals(
                "\"orders\" refused: no call of \"orders\" could be started: "
                        + "java.lang.OutOfMemoryError: unable to create native thread",
                aborted.reason());
        threads.relieve();
        begin(engine, "O002", orders, payments).commit().requireCommitted();
    }

    @Test
    void who_alone_cannot_be_asked_to_commit_has_not_committed() throws Exception {
        Engine engine = open(world.options(), orders);
        Transaction transaction = begin(engine, "O001", orders);
        threads.exhaust();
        assertInstanceOf(Outcome.Aborted.class, transaction.commit());
        assertEquals(List.of(), orders.calls(transaction.id()));
    }

    @Test
    void an_orphan_whose_abort_could_not_be_started_is_aborted_later() throws Exception {
        Engine engine = open(world.options(), orders);
        Transaction aborted = engine.begin("O001");
        aborted.abort();
        AtomicBoolean once = new AtomicBoolean(true);
        orders.onInDoubt(id -> {
            if (!orders.prepared().isEmpty() && once.getAndSet(false)) {
                orders.failingToSayWhetherItBlocks(new IllegalStateException("not now"));
            }
            return orders.prepared();
        });
        TransactionId orphan = aborted.id();
        orders.prepareWell(orphan);
        world.awaitInquiries(orders, 5);
        assertEquals(List.of(), orders.calls(orphan));
        orders.sayingThatItBlocks();
        assertTrue(engine.awaitRecovered(World.LONG));
        assertEquals(Map.of(orphan, Ending.ABORTED), orders.ended());
    }

    @Test
    void a_task_that_finds_no_thread_when_it_is_due_runs_once_there_is_one() throws Exception {
        Workers workers = threads.workers();
        threads.exhaust();
        Gate ran = world.gate();
        workers.after(Duration.ofMillis(1), () -> {
            ran.open();
            passing(ran);
        });
        awaitRefusals();
        threads.relieve();
        ran.awaitCall();
        workers.stop();
    }

    private static void passing(Gate gate) {
        try {
            gate.pass();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
