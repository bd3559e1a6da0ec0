package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.AbortCause;
import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.Calling;
import dev.avow.engine.Observer;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Participants that are waited for by no thread. */
final class AsyncTest {
    private static final int MANY = 2_000;

    @TempDir
    Path directory;

    private final World world = new World();
    private final LaterParticipant orders = new LaterParticipant("orders", world);
    private final ScriptedParticipant payments = world.participant("payments");

    @AfterEach
    void close() {
        orders.talkative();
        while (orders.answer()) {
            // Each goes.
        }
        world.close();
    }

    private void awaitWaiting(int calls) throws InterruptedException {
        world.await(calls + " calls wait", () -> orders.waiting() == calls);
    }

    @Test
    void thousands_of_calls_that_nobody_answers_hold_no_thread_and_then_each_is_heard() throws Exception {
        orders.silent();
        ScarceThreads threads = new ScarceThreads();
        AvowOptions calm = world.options().withRetries(World.LONG, World.LONG);
        LaterParticipant stock = new LaterParticipant("stock", world);
        Engine engine = world.open(world.log(directory), calm, threads::workers, orders, stock);
        List<FutureTask<Outcome>> commits = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Transaction transaction = engine.begin("O" + i);
            transaction.enlist(orders);
            transaction.enlist(stock);
            commits.add(World.aside(transaction::commit));
        }
        awaitWaiting(MANY);
        int before = threads.alive();
        assertTrue(before < 10, () -> before + " threads hang");
        orders.talkative();
        while (orders.answer()) {
            assertTrue(threads.alive() < 20, () -> threads.alive() + " threads take the answers up");
        }
        for (FutureTask<Outcome> commit : commits) {
            assertEquals(List.of(), World.resultOf(commit).requireCommitted().beingTold());
        }
        assertEquals(MANY, orders.scripted.ended().size());
    }

    @Test
    void an_answer_that_is_there_at_once_is_heard() {
        Avow avow = world.open(directory, orders, payments);
        World.begin(avow, "O001", orders, payments).commit().requireCommitted();
        World.begin(avow, "O002", orders).commit().requireCommitted();
        Transaction aborted = World.begin(avow, "O003", orders, payments);
        assertInstanceOf(Outcome.Aborted.class, aborted.abort());
        assertEquals(List.of("abort"), orders.begun(aborted.id()));
        orders.begun().forEach(call -> assertSame(Thread.currentThread(), call.thread()));
    }

    @Test
    void an_abort_waits_for_a_prepare_that_is_in_its_time() throws Exception {
        orders.silent();
        payments.onPrepare(id -> Vote.NO);
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        FutureTask<Outcome> commit = World.aside(transaction::commit);
        world.await("payments is told", () -> payments.calls(transaction.id()).contains("abort"));
        world.awaitInquiries(payments, 5);
        assertEquals(List.of("prepare"), orders.begun(transaction.id()));
        orders.talkative();
        assertTrue(orders.answer());
        assertInstanceOf(Outcome.Aborted.class, World.resultOf(commit));
        assertEquals(List.of("prepare", "abort"), orders.begun(transaction.id()));
        assertEquals(Map.of(transaction.id(), Ending.ABORTED), orders.scripted.ended());
    }

    @Test
    void an_abort_overtakes_a_prepare_whose_time_is_over_and_the_late_vote_counts_for_nothing() throws Exception {
        orders.silent();
        AvowOptions hasty = world.options().withVoteTimeout(World.SHORT).withTellTimeout(World.SHORT);
        Avow avow = world.open(directory, hasty, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, transaction.commit());
        assertEquals(AbortCause.VOTE_TIMEOUT, aborted.why());
        world.await("the abort is out", () -> orders.waiting() == 2);
        assertTrue(orders.answer());
        assertTrue(orders.answer());
        world.await("both have aborted", () -> orders.scripted.ended().get(transaction.id()) == Ending.ABORTED);
        assertEquals(List.of("prepare", "abort"), orders.begun(transaction.id()).subList(0, 2));
    }

    @Test
    void whoever_brings_an_answer_goes_on_at_once_whatever_hangs() throws Exception {
        Gate hanging = world.gate();
        Queue<Thread> took = new ConcurrentLinkedQueue<>();
        AvowOptions options = world.options().withObserver(step -> {
            if (step.action().equals("CoordinatorReceiveAck")
                    && step.participant().equals(Optional.of("orders"))) {
                took.add(Thread.currentThread());
                passing(hanging);
            }
        });
        Avow avow = world.open(directory, options, orders, payments);
        orders.silent();
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        FutureTask<Outcome> commit = World.aside(transaction::commit);
        awaitWaiting(1);
        assertTrue(orders.answer());
        awaitWaiting(1);
        Thread committing = orders.begun().get(1).thread();
        world.await("who commits waits", () -> committing.getState() == Thread.State.TIMED_WAITING);
        assertTrue(orders.answer());
        hanging.awaitCall();
        hanging.open();
        World.resultOf(commit).requireCommitted();
        assertEquals(1, took.size());
        took.forEach(thread -> assertNotSame(Thread.currentThread(), thread));
    }

    private static void passing(Gate gate) {
        try {
            gate.pass();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void the_observer_sees_a_call_leave_in_its_thread_and_return_in_the_coordinators_before_it_counts() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        Thread caller = Thread.currentThread();
        Observer journal = new Observer() {
            @Override
            public void observe(Step step) {
                seen.add(step.action());
            }

            @Override
            public Call calling(TransactionId id, String name, String participant, String message) {
                add(message);
                return new Call() {
                    @Override
                    public void returned(Optional<Throwable> failure) {
                        add("returned " + failure);
                    }

                    @Override
                    public void left() {
                        add("left");
                    }
                };
            }

            private void add(String what) {
                seen.add(what + (Thread.currentThread() == caller ? " here" : " beside"));
            }
        };
        Avow avow = world.open(directory, world.options().withObserver(journal.andThen(step -> {})), orders);
        World.begin(avow, "O001", orders).commit().requireCommitted();
        List<String> expected =
                List.of("onePhase here", "left here", "returned Optional.empty beside", "CoordinatorReceiveEnded");
        assertEquals(
                expected,
                seen.stream()
                        .filter(each -> !each.equals("CoordinatorSendOnePhase"))
                        .toList());
    }

    @Test
    void one_by_one_it_is_waited_for_in_the_callers_thread() {
        Avow avow = world.open(directory, world.options().withCalling(Calling.ONE_BY_ONE), orders, payments);
        World.begin(avow, "O001", orders, payments).commit().requireCommitted();
        orders.scripted.onPrepare(id -> Vote.NO);
        Transaction refused = World.begin(avow, "O002", orders, payments);
        assertInstanceOf(Outcome.Aborted.class, refused.commit());
        assertEquals(List.of("abort"), payments.calls(refused.id()), "nobody else is asked");
        World.begin(avow, "O003", orders).commit().requireCommitted();
        orders.begun().forEach(call -> assertSame(Thread.currentThread(), call.thread()));
    }

    @Test
    void a_commit_that_fails_is_told_again_and_never_twice_at_a_time() throws Exception {
        AtomicBoolean ill = new AtomicBoolean(true);
        payments.onCommit(id -> {
            if (ill.get()) {
                throw new IllegalStateException("not now");
            }
            return payments.commitWell(id);
        });
        Avow avow = world.open(directory, world.options().withTellTimeout(World.SHORT), orders, payments);
        orders.scripted.onPrepare(id -> {
            orders.silent();
            return orders.scripted.prepareWell(id);
        });
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertEquals(
                List.of("orders", "payments"),
                transaction.commit().requireCommitted().beingTold());
        world.await(
                "payments is told often", () -> payments.calls(transaction.id()).size() > 5);
        assertEquals(List.of("prepare", "commit"), orders.begun(transaction.id()));
        ill.set(false);
        assertTrue(orders.answer());
        assertTrue(avow.awaitRecovered(World.LONG));
    }

    @Test
    void an_answer_that_finds_no_thread_is_taken_up_once_there_is_one() throws Exception {
        orders.silent();
        ScarceThreads threads = new ScarceThreads();
        Engine engine = world.open(world.log(directory), world.options(), threads::workers, orders);
        Transaction transaction = engine.begin("O001");
        transaction.enlist(orders);
        FutureTask<Outcome> commit = World.aside(transaction::commit);
        awaitWaiting(1);
        threads.exhaust();
        int refused = threads.refused();
        assertTrue(orders.answer());
        world.await("threads are refused", () -> threads.refused() > refused + 1);
        threads.relieve();
        World.resultOf(commit).requireCommitted();
    }
}
