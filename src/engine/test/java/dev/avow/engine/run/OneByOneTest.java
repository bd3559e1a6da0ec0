package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.AbortCause;
import dev.avow.engine.Avow;
import dev.avow.engine.Calling;
import dev.avow.engine.Outcome;
import dev.avow.engine.Pending;
import dev.avow.engine.Transaction;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link Calling#ONE_BY_ONE}: in the caller's thread, and only there where a caller waits. */
final class OneByOneTest {

    @TempDir
    Path directory;

    private final World world = new World();
    private final ScriptedParticipant orders = world.participant("orders");
    private final ScriptedParticipant payments = world.participant("payments");

    @AfterEach
    void close() {
        world.close();
    }

    private Avow open() {
        return world.open(directory, world.options().withCalling(Calling.ONE_BY_ONE), orders, payments);
    }

    @Test
    void who_commits_calls_them_one_after_the_other() {
        Avow avow = open();
        assertEquals(
                List.of(),
                World.begin(avow, "O001", orders, payments)
                        .commit()
                        .requireCommitted()
                        .beingTold());
        World.begin(avow, "O002", orders).commit().requireCommitted();
        World.begin(avow, "O003", orders, payments).abort();
        assertFalse(orders.calls().isEmpty());
        orders.calls().forEach(call -> assertSame(Thread.currentThread(), call.thread()));
        payments.calls().forEach(call -> assertSame(Thread.currentThread(), call.thread()));
    }

    @Test
    void after_a_refusal_nobody_else_is_asked_to_prepare() {
        orders.onPrepare(id -> Vote.NO);
        Avow avow = open();
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertInstanceOf(Outcome.Aborted.class, transaction.commit());
        assertEquals(List.of("abort"), payments.calls(transaction.id()));
    }

    @Test
    void the_abort_of_a_timeout_is_nobodys_call_and_goes_beside() throws Exception {
        Gate hanging = world.gate();
        AtomicBoolean first = new AtomicBoolean(true);
        orders.onAbort(id -> {
            if (first.getAndSet(false)) {
                hanging.pass();
            }
            return orders.abortWell(id);
        });
        Avow avow = open();
        Transaction late = avow.begin("O001", World.SHORT);
        late.enlist(orders);
        late.enlist(payments);
        hanging.awaitCall();
        world.await("payments is told", () -> payments.calls(late.id()).contains("abort"));
        orders.calls().forEach(call -> assertNotSame(Thread.currentThread(), call.thread()));
        Transaction another = avow.begin("O002", World.SHORT);
        another.enlist(payments);
        world.await(
                "the next timeout is kept, too",
                () -> payments.calls(another.id()).contains("abort"));
    }

    @Test
    void a_commit_that_failed_is_told_again_beside_whoever_hangs() throws Exception {
        Gate hanging = world.gate();
        orders.onCommit(id -> {
            if (orders.calls(id).stream().filter("commit"::equals).count() > 1) {
                hanging.pass();
            }
            throw new IllegalStateException("not now");
        });
        AtomicBoolean first = new AtomicBoolean(true);
        payments.onCommit(id -> {
            if (first.getAndSet(false)) {
                throw new IllegalStateException("not now");
            }
            return payments.commitWell(id);
        });
        Avow avow = open();
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertEquals(
                List.of("orders", "payments"),
                transaction.commit().requireCommitted().beingTold());
        hanging.awaitCall();
        world.await("payments has committed", () -> payments.ended().get(transaction.id()) == Ending.COMMITTED);
    }

    @Test
    void one_that_hangs_in_its_caller_holds_up_no_other_and_is_seen() throws Exception {
        Gate hanging = world.gate();
        AtomicBoolean first = new AtomicBoolean(true);
        orders.onCommit(id -> {
            if (first.getAndSet(false)) {
                throw new IllegalStateException("not now");
            }
            return orders.commitWell(id);
        });
        payments.onCommit(id -> {
            hanging.pass();
            return payments.commitWell(id);
        });
        Avow avow = open();
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        FutureTask<Outcome> commit = World.aside(transaction::commit);
        hanging.awaitCall();
        world.await(
                "orders has committed at the second attempt",
                () -> orders.ended().get(transaction.id()) == Ending.COMMITTED);
        world.await(
                "only payments is pending",
                () -> avow.pending().stream().map(Pending::participant).toList().equals(List.of("payments")));
        hanging.open();
        assertEquals(List.of(), World.resultOf(commit).requireCommitted().beingTold());
    }

    private Avow openHasty() {
        return world.open(
                directory,
                world.options()
                        .withCalling(Calling.ONE_BY_ONE)
                        .withVoteTimeout(World.SHORT)
                        .withTellTimeout(World.SHORT),
                orders,
                payments);
    }

    @Test
    void closing_waits_for_no_abort_that_hangs() throws Exception {
        Gate hanging = world.gate();
        orders.onAbort(id -> {
            hanging.pass();
            return orders.abortWell(id);
        });
        Avow avow = openHasty();
        World.begin(avow, "O001", orders);
        Transaction other = World.begin(avow, "O002", payments);
        World.resultOf(World.aside(() -> {
            avow.close();
            return true;
        }));
        assertEquals(List.of("abort"), payments.calls(other.id()));
    }

    @Test
    void closing_leaves_a_commit_that_hangs_in_its_caller_to_the_next_start() throws Exception {
        Gate hanging = world.gate();
        orders.onCommit(id -> {
            hanging.pass();
            return orders.commitWell(id);
        });
        Avow avow = openHasty();
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        FutureTask<Outcome> commit = World.aside(transaction::commit);
        hanging.awaitCall();
        World.resultOf(World.aside(() -> {
            avow.close();
            return true;
        }));
        Avow next = world.open(directory, orders, payments);
        world.await("the next start tells payments", () -> payments.ended().get(transaction.id()) == Ending.COMMITTED);
        hanging.open();
        assertInstanceOf(Outcome.Committed.class, World.resultOf(commit));
        world.await("all is told", () -> next.pending().isEmpty());
    }

    @Test
    void a_vote_after_its_time_aborts_and_nobody_else_is_asked() throws Exception {
        long beganNanos = System.nanoTime();
        orders.onPrepare(id -> {
            world.await("its time is over", () -> System.nanoTime() - beganNanos > 2 * World.SHORT.toNanos());
            return orders.prepareWell(id);
        });
        Avow avow = openHasty();
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, transaction.commit());
        assertEquals(AbortCause.VOTE_TIMEOUT, aborted.why());
        assertEquals(List.of("abort"), payments.calls(transaction.id()));
    }

    @Test
    void an_interrupt_before_the_decision_aborts() {
        payments.onPrepare(id -> {
            Thread.currentThread().interrupt();
            return payments.prepareWell(id);
        });
        Avow avow = open();
        Outcome.Aborted aborted = assertInstanceOf(
                Outcome.Aborted.class,
                World.begin(avow, "O001", orders, payments).commit());
        assertTrue(Thread.interrupted(), "the interrupt is kept");
        assertEquals(AbortCause.INTERRUPTED, aborted.why());
    }
}
