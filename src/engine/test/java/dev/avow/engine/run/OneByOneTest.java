package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.avow.engine.Avow;
import dev.avow.engine.Calling;
import dev.avow.engine.Outcome;
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
    void one_that_hangs_is_seen_by_others() throws Exception {
        Gate hanging = world.gate();
        orders.onCommit(id -> {
            hanging.pass();
            return orders.commitWell(id);
        });
        Avow avow = open();
        FutureTask<Outcome> commit = World.aside(World.begin(avow, "O001", orders, payments)::commit);
        hanging.awaitCall();
        world.await("it is pending", () -> !avow.pending().isEmpty());
        hanging.open();
        assertEquals(List.of(), World.resultOf(commit).requireCommitted().beingTold());
    }
}
