package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.Finding;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which threads participants are called, and for how long. */
final class CallsTest {

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
    void participants_are_called_side_by_side() {
        Gate first = world.gate();
        Gate second = world.gate();
        orders.onPrepare(meeting(first, second, orders::prepareWell))
                .onCommit(meeting(first, second, orders::commitWell));
        payments.onPrepare(meeting(second, first, payments::prepareWell))
                .onCommit(meeting(second, first, payments::commitWell));
        Avow avow = world.open(directory, orders, payments);
        assertInstanceOf(
                Outcome.Committed.class,
                World.begin(avow, "O001", orders, payments).commit());
    }

    /** Answers once both have reached this point. */
    private static <T> ScriptedParticipant.Script<T> meeting(
            Gate own, Gate other, ScriptedParticipant.Script<T> script) {
        return id -> {
            own.open();
            own.pass();
            other.awaitCall();
            return script.answer(id);
        };
    }

    @Test
    void who_never_blocks_is_called_in_the_callers_thread_after_the_others_are_on_their_way() {
        Gate underWay = world.gate();
        payments.onPrepare(meeting(underWay, underWay, payments::prepareWell));
        ScriptedParticipant same = world.participant("same").withoutBlocking();
        same.onPrepare(id -> {
            underWay.awaitCall();
            return same.prepareWell(id);
        });
        Avow avow = world.open(directory, same, payments);
        assertInstanceOf(
                Outcome.Committed.class,
                World.begin(avow, "O001", same, payments).commit());
        same.calls().forEach(call -> assertSame(Thread.currentThread(), call.thread()));
        payments.calls().forEach(call -> assertNotSame(Thread.currentThread(), call.thread()));
        assertFalse(payments.calls().isEmpty());
    }

    @Test
    void who_never_blocks_keeps_no_other_from_hearing_the_decision() throws Exception {
        ScriptedParticipant same = world.participant("same").withoutBlocking();
        same.onCommit(id -> {
            world.await("payments hears", () -> payments.calls(id).contains("commit"));
            return same.commitWell(id);
        });
        Avow avow = world.open(directory, same, payments);
        assertEquals(
                List.of(),
                World.begin(avow, "O001", same, payments)
                        .commit()
                        .requireCommitted()
                        .beingTold());
    }

    @Test
    void an_abort_waits_for_a_prepare_that_is_in_its_time() throws Exception {
        Gate gate = world.gate();
        Queue<Boolean> met = new ConcurrentLinkedQueue<>();
        payments.onPrepare(id -> {
            gate.pass();
            met.add(payments.calls(id).contains("abort"));
            return payments.prepareWell(id);
        });
        orders.onPrepare(id -> {
            gate.awaitCall();
            return Vote.NO;
        });
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        FutureTask<Outcome> commit = World.aside(transaction::commit);
        world.await("orders is told", () -> orders.calls(transaction.id()).contains("abort"));
        world.awaitInquiries(payments, 5);
        gate.open();
        assertInstanceOf(Outcome.Aborted.class, World.resultOf(commit));
        assertEquals(List.of("prepare", "abort"), payments.calls(transaction.id()));
        world.await("the prepare has returned", () -> !met.isEmpty());
        assertEquals(List.of(false), List.copyOf(met), "both at a time");
    }

    @Test
    void a_prepare_whose_time_is_over_before_there_is_a_thread_is_not_made() throws Exception {
        Gate gate = world.gate();
        AtomicInteger waiting = new AtomicInteger();
        payments.onPrepare(id -> {
            waiting.incrementAndGet();
            gate.pass();
            return Vote.NO;
        });
        Avow avow = world.open(directory, world.options().withVoteTimeout(World.SHORT), orders, payments);
        List<FutureTask<Outcome>> hanging = new ArrayList<>();
        for (int i = 0; i < Lane.MOST; i++) {
            hanging.add(World.aside(World.begin(avow, "O" + i, orders, payments)::commit));
        }
        world.await("they take all threads", () -> waiting.get() == Lane.MOST);
        Transaction late = World.begin(avow, "late", orders, payments);
        assertInstanceOf(Outcome.Aborted.class, late.commit());
        gate.open();
        for (FutureTask<Outcome> task : hanging) {
            assertInstanceOf(Outcome.Aborted.class, World.resultOf(task));
        }
        assertEquals(List.of("abort"), payments.calls(late.id()));
    }

    @Test
    void timeouts_may_be_as_long_as_a_duration_can_be() throws Exception {
        Duration ever = Duration.ofSeconds(Long.MAX_VALUE);
        Avow avow = world.open(
                directory,
                world.options()
                        .withWorkTimeout(ever)
                        .withVoteTimeout(ever)
                        .withTellTimeout(ever)
                        .withRetries(ever, ever),
                orders,
                payments);
        World.begin(avow, "O001", orders, payments).commit().requireCommitted();
        World.begin(avow, "O002", orders).commit().requireCommitted();
        assertInstanceOf(
                Outcome.Aborted.class,
                World.begin(avow, "O003", orders, payments).abort());
        assertTrue(avow.awaitRecovered(ever));
    }

    @Test
    void who_fails_to_say_whether_it_blocks_has_refused() {
        ScriptedParticipant broken = world.participant("broken").withoutBlocking();
        Avow avow = world.open(directory, orders, broken);
        Transaction transaction = World.begin(avow, "O001", orders, broken);
        broken.failingToSayWhetherItBlocks(new IllegalStateException("may I?"));
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, transaction.commit());
        assertEquals(
                "\"broken\" refused: no call of \"broken\" could be started: "
                        + "java.lang.IllegalStateException: may I?",
                aborted.reason());
        assertEquals(Set.of(transaction.id()), orders.ended().keySet());
    }

    @Test
    void after_a_defect_of_the_coordinator_nobody_decides_a_second_time() throws Exception {
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        IllegalStateException defect = new IllegalStateException("who am I?");
        orders.onPrepare(id -> {
            throw new IllegalArgumentException() {
                @Override
                public String getMessage() {
                    throw defect;
                }
            };
        });
        assertSame(defect, assertThrows(IllegalStateException.class, transaction::commit));
        assertInstanceOf(Outcome.InDoubt.class, transaction.outcome().orElseThrow());
        assertInstanceOf(Outcome.InDoubt.class, transaction.commit());
        assertInstanceOf(Outcome.InDoubt.class, transaction.abort());
        int inquiries = orders.inquiries();
        world.await("recovery looks", () -> orders.inquiries() > inquiries + 3);
        assertEquals(List.of("prepare"), orders.calls(transaction.id()));
        assertEquals(Finding.RUNNING, avow.outcomeOf(transaction.id()));
        assertEquals(Finding.RUNNING, avow.outcomeOf("O001"));
    }
}
