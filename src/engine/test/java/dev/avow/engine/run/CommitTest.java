package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.AbortCause;
import dev.avow.engine.Avow;
import dev.avow.engine.BranchEnding;
import dev.avow.engine.BranchOutcome;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Votes and the decision that follows from them. */
final class CommitTest {

    @TempDir
    Path directory;

    private final World world = new World();
    private final ScriptedParticipant orders = world.participant("orders");
    private final ScriptedParticipant payments = world.participant("payments");
    private final ScriptedParticipant stock = world.participant("stock");

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void two_yes_votes_commit_everywhere_and_are_recorded_once() {
        ScriptedLog log = world.log(directory);
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome.Committed committed = assertInstanceOf(Outcome.Committed.class, transaction.commit());
        assertEquals(transaction.id(), committed.id());
        assertEquals("O001", committed.name());
        assertEquals(
                List.of(
                        branch("orders", Vote.YES, BranchEnding.COMMITTED),
                        branch("payments", Vote.YES, BranchEnding.COMMITTED)),
                committed.branches());
        assertEquals(List.of(), committed.beingTold());
        assertEquals(List.of("prepare", "commit"), orders.calls(transaction.id()));
        assertEquals(List.of("prepare", "commit"), payments.calls(transaction.id()));
        assertEquals(List.of("log.commit", "log.end"), logged());
        assertEquals(Map.of(transaction.id(), Ending.COMMITTED), orders.ended());
        assertEquals(List.of("orders", "payments"), log.commits().get(0).participants());
        assertEquals("O001", log.commits().get(0).name());
        assertEquals(transaction.id(), log.commits().get(0).id());
    }

    @Test
    void an_abort_of_the_application_reaches_everyone_and_records_no_decision() {
        Avow avow = world.open(world.log(directory), world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, transaction.abort());
        assertEquals(AbortCause.APPLICATION, aborted.why());
        assertEquals("the application aborted it", aborted.reason());
        assertEquals(Optional.empty(), aborted.cause());
        assertEquals(
                List.of(BranchEnding.ABORTED, BranchEnding.ABORTED),
                aborted.branches().stream().map(BranchOutcome::ending).toList());
        assertEquals(List.of("abort"), orders.calls(transaction.id()));
        assertEquals(List.of("abort"), payments.calls(transaction.id()));
        assertEquals(List.of("log.aborted"), logged());
    }

    @Test
    void whoever_votes_readOnly_hears_no_more() {
        orders.onPrepare(id -> Vote.READ_ONLY);
        ScriptedLog log = world.log(directory);
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome outcome = transaction.commit();
        assertEquals(
                List.of(
                        branch("orders", Vote.READ_ONLY, BranchEnding.READ_ONLY),
                        branch("payments", Vote.YES, BranchEnding.COMMITTED)),
                outcome.requireCommitted().branches());
        assertEquals(List.of("prepare"), orders.calls(transaction.id()));
        assertEquals(List.of("payments"), log.commits().get(0).participants());
    }

    @Test
    void if_all_vote_readOnly_nothing_is_written() {
        orders.onPrepare(id -> Vote.READ_ONLY);
        payments.onPrepare(id -> Vote.READ_ONLY);
        Avow avow = world.open(world.log(directory), world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome outcome = transaction.commit();
        assertEquals(
                List.of(
                        branch("orders", Vote.READ_ONLY, BranchEnding.READ_ONLY),
                        branch("payments", Vote.READ_ONLY, BranchEnding.READ_ONLY)),
                outcome.requireCommitted().branches());
        assertEquals(List.of("prepare"), payments.calls(transaction.id()));
        assertEquals(List.of(), logged());
    }

    @Test
    void a_no_vote_aborts_everywhere_and_names_who_refused() {
        payments.onPrepare(id -> Vote.NO);
        Avow avow = world.open(world.log(directory), world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, transaction.commit());
        assertEquals(AbortCause.REFUSED, aborted.why());
        assertEquals("\"payments\" refused", aborted.reason());
        assertEquals(
                branch("payments", Vote.NO, BranchEnding.ABORTED),
                aborted.branches().get(1));
        assertEquals(BranchEnding.ABORTED, aborted.branches().get(0).ending());
        assertEquals(List.of("prepare", "abort"), orders.calls(transaction.id()));
        assertEquals(List.of("log.aborted"), logged());
        assertEquals(Map.of(transaction.id(), Ending.ABORTED), orders.ended());
    }

    @Test
    void an_exception_in_prepare_counts_as_no_and_is_the_cause() {
        IllegalStateException full = new IllegalStateException("the shelf is full");
        payments.onPrepare(id -> {
            throw full;
        });
        Avow avow = world.open(directory, orders, payments);
        Outcome.Aborted aborted = assertInstanceOf(
                Outcome.Aborted.class,
                World.begin(avow, "O001", orders, payments).commit());
        assertEquals("\"payments\" refused: the shelf is full", aborted.reason());
        assertSame(full, aborted.cause().orElseThrow());
        BranchOutcome refused = aborted.branches().get(1);
        assertEquals(Optional.of(Vote.NO), refused.vote());
        assertSame(full, refused.failure().orElseThrow());
        assertEquals(BranchEnding.ABORTED, refused.ending());
    }

    @Test
    void an_exception_without_words_is_named() {
        payments.onPrepare(id -> {
            throw new UnsupportedOperationException();
        });
        Avow avow = world.open(directory, orders, payments);
        Outcome.Aborted aborted = assertInstanceOf(
                Outcome.Aborted.class,
                World.begin(avow, "O001", orders, payments).commit());
        assertEquals("\"payments\" refused: java.lang.UnsupportedOperationException", aborted.reason());
    }

    @Test
    @SuppressWarnings("NullAway") // what a participant must not answer, and may
    void a_vote_that_is_no_vote_counts_as_no() {
        AtomicReference<Vote> nothing = new AtomicReference<>();
        payments.onPrepare(id -> nothing.get());
        Avow avow = world.open(directory, orders, payments);
        assertInstanceOf(
                Outcome.Aborted.class,
                World.begin(avow, "O001", orders, payments).commit());
    }

    @Test
    void any_error_in_prepare_counts_as_no_also_in_the_callers_thread() throws Exception {
        payments.onPrepare(id -> {
            throw new OutOfMemoryError("no vote");
        });
        ScriptedParticipant same = world.participant("same").withoutBlocking().onPrepare(id -> {
            throw new Error("no vote either");
        });
        Avow avow = world.open(directory, orders, payments, same);
        for (ScriptedParticipant failing : List.of(payments, same)) {
            Transaction transaction = World.begin(avow, "O001", orders, failing);
            Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, transaction.commit());
            assertTrue(aborted.reason().contains("no vote"), aborted::reason);
            assertTrue(aborted.cause().orElseThrow().getCause() instanceof Error);
        }
        assertTrue(avow.awaitRecovered(World.LONG));
        assertTrue(orders.prepared().isEmpty());
    }

    @Test
    void a_late_vote_aborts_and_the_abort_overtakes_the_prepare() throws Exception {
        Gate gate = world.gate();
        payments.onPrepare(gate.before(payments::prepareWell));
        Avow avow = world.open(directory, world.options().withVoteTimeout(World.SHORT), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, transaction.commit());
        assertEquals(AbortCause.VOTE_TIMEOUT, aborted.why());
        assertEquals("no vote came from [payments] within PT0.03S", aborted.reason());
        assertEquals(Optional.empty(), aborted.branches().get(1).vote());
        assertEquals(List.of("prepare", "abort"), payments.calls(transaction.id()));
        assertEquals(List.of("prepare", "abort"), orders.calls(transaction.id()));
        gate.open();
        world.await(
                "payments votes and is told",
                () -> payments.calls(transaction.id()).size() > 2
                        && payments.prepared().isEmpty());
        assertEquals(Map.of(transaction.id(), Ending.ABORTED), payments.ended());
    }

    @Test
    void a_timeout_of_its_own_holds_for_the_votes_too() {
        payments.onPrepare(world.gate().before(payments::prepareWell));
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = avow.begin("O001", Duration.ofSeconds(1));
        transaction.enlist(orders);
        transaction.enlist(payments);
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, transaction.commit());
        assertTrue(aborted.reason().startsWith("no vote came from [payments] within PT0."), aborted.reason());
        assertInstanceOf(
                Outcome.Committed.class, World.begin(avow, "O002", orders).commit());
    }

    @Test
    void a_long_timeout_of_its_own_gives_the_votes_no_more_time() {
        payments.onPrepare(world.gate().before(payments::prepareWell));
        Avow avow = world.open(directory, world.options().withVoteTimeout(World.SHORT), orders, payments);
        Transaction transaction = avow.begin("O001", Duration.ofMinutes(10));
        transaction.enlist(orders);
        transaction.enlist(payments);
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, transaction.commit());
        assertEquals(AbortCause.VOTE_TIMEOUT, aborted.why());
        assertEquals("no vote came from [payments] within PT0.03S", aborted.reason());
    }

    @Test
    void a_commit_after_the_timeout_of_its_own_is_an_abort() {
        Avow avow = world.open(directory, orders, payments);
        Duration none = Duration.ofNanos(1);
        Transaction transaction = avow.begin("O001", none);
        transaction.enlist(orders);
        for (Transaction late : List.of(transaction, avow.begin("O002", none))) {
            Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, late.commit());
            assertEquals(AbortCause.WORK_TIMEOUT, aborted.why());
        }
        assertEquals(List.of("abort"), orders.calls(transaction.id()));
    }

    @Test
    void a_refusal_is_told_at_once_but_overtakes_no_prepare_that_still_has_time() throws Exception {
        Gate gate = world.gate();
        orders.onPrepare(id -> {
            gate.awaitCall();
            return Vote.NO;
        });
        payments.onPrepare(gate.before(payments::prepareWell));
        Avow avow = world.open(directory, world.options().withRetries(World.LONG, World.LONG), orders, payments, stock);
        Transaction transaction = World.begin(avow, "O001", orders, payments, stock);
        FutureTask<Outcome> commit = World.aside(transaction::commit);
        world.await("stock is told", () -> stock.ended().containsKey(transaction.id()));
        assertEquals(List.of("prepare"), payments.calls(transaction.id()));
        gate.open();
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, World.resultOf(commit));
        assertEquals("\"orders\" refused", aborted.reason());
        assertEquals(BranchEnding.ABORTED, aborted.branches().get(1).ending());
        assertEquals(List.of("prepare", "abort"), payments.calls(transaction.id()));
        assertTrue(payments.prepared().isEmpty(), "left in doubt for recovery to find");
    }

    @Test
    void an_abort_that_waits_for_a_prepare_overtakes_it_when_its_time_is_over() throws Exception {
        Gate gate = world.gate();
        orders.onPrepare(id -> {
            gate.awaitCall();
            return Vote.NO;
        });
        payments.onPrepare(gate.before(payments::prepareWell));
        Avow avow = world.open(directory, world.options().withVoteTimeout(World.SHORT), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertInstanceOf(Outcome.Aborted.class, transaction.commit());
        assertEquals(List.of("prepare", "abort"), payments.calls(transaction.id()));
    }

    @Test
    void a_transaction_without_participants_ends_as_asked() {
        Avow avow = world.open(world.log(directory), world.options(), orders);
        assertEquals(List.of(), avow.begin("O001").commit().requireCommitted().branches());
        Outcome.Aborted aborted =
                assertInstanceOf(Outcome.Aborted.class, avow.begin("O002").abort());
        assertEquals(List.of(), aborted.branches());
        assertEquals(List.of(), logged());
        assertEquals(List.of(), orders.calls());
    }

    private static BranchOutcome branch(String name, Vote vote, BranchEnding ending) {
        return new BranchOutcome(name, Optional.of(vote), ending, Optional.empty());
    }

    private List<String> logged() {
        return world.journal().stream()
                .filter(event -> event.startsWith("log."))
                .toList();
    }
}
