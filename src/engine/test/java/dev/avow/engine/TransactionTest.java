package dev.avow.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.run.ScriptedParticipant;
import dev.avow.engine.run.World;
import dev.avow.protocol.CoordinatorState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the public API takes and refuses. */
final class TransactionTest {

    @TempDir
    Path directory;

    private final World world = new World();
    private final ScriptedParticipant orders = world.participant("orders");
    private final ScriptedParticipant payments = world.participant("payments");

    @AfterEach
    void close() {
        world.close();
    }

    private static void assertSays(String expected, Throwable thrown) {
        assertEquals(expected, thrown.getMessage());
    }

    @Test
    void only_a_participant_that_the_coordinator_was_opened_with_can_be_enlisted() {
        Avow avow = world.open(directory, orders);
        Transaction transaction = avow.begin("O001");
        assertSays(
                "participant \"payments\" can't be enlisted in O001: open the coordinator with it, or it couldn't be"
                        + " recovered",
                assertThrows(IllegalArgumentException.class, () -> transaction.enlist(payments)));
        assertThrows(IllegalArgumentException.class, () -> transaction.enlist(orders.restarted()));
        assertEquals(List.of(), transaction.commit().branches());
    }

    @Test
    void it_says_where_it_stands_and_how_it_has_ended() {
        Avow avow = world.open(directory, orders, payments);
        Transaction committed = World.begin(avow, "O001", orders, payments);
        assertEquals(CoordinatorState.WORKING, committed.state());
        assertEquals(Optional.empty(), committed.outcome());
        Outcome outcome = committed.commit();
        assertEquals(CoordinatorState.FORGOTTEN, committed.state());
        assertSame(outcome, committed.outcome().orElseThrow());
        Transaction aborted = World.begin(avow, "O002", orders);
        aborted.abort();
        assertEquals(CoordinatorState.ABORTED, aborted.state());
        Transaction empty = avow.begin("O003");
        empty.commit();
        assertEquals(CoordinatorState.FORGOTTEN, empty.state());
        Transaction emptyToo = avow.begin("O004");
        emptyToo.abort();
        assertEquals(CoordinatorState.ABORTED, emptyToo.state());
    }

    @Test
    void a_null_is_refused_by_its_name() {
        Avow avow = world.open(directory, orders);
        assertSays(
                "the transaction's name is null: give it a name",
                assertThrows(IllegalArgumentException.class, () -> avow.begin((new String[1])[0])));
        AvowOptions options = AvowOptions.defaults();
        assertSays(
                "observer is null: use Observer.none()",
                assertThrows(IllegalArgumentException.class, () -> options.withObserver((new Observer[1])[0])));
        assertSays(
                "voteTimeout is null: leave it out to have the default",
                assertThrows(IllegalArgumentException.class, () -> options.withVoteTimeout((new Duration[1])[0])));
        assertSays(
                "log is null: leave it out to have the default",
                assertThrows(IllegalArgumentException.class, () -> options.withLog((new LogOptions[1])[0])));
    }

    @Test
    void two_participants_of_one_name_or_one_without_a_name_cannot_be_opened_and_leave_the_log_closed() {
        assertSays(
                "two participants are called \"orders\": give each its own name, and keep it",
                assertThrows(IllegalArgumentException.class, () -> Avow.open(directory, orders, orders.restarted())));
        assertSays(
                "the participant's name is blank: give it a name",
                assertThrows(IllegalArgumentException.class, () -> Avow.open(directory, orders.renamed(" "))));
        assertThrows(IllegalArgumentException.class, () -> Avow.open(directory, orders.renamed("x".repeat(70_000))));
        world.open(directory, orders);
    }

    @Test
    void enlisting_one_again_changes_nothing() {
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments, orders);
        assertEquals(
                List.of("orders", "payments"),
                transaction.commit().branches().stream()
                        .map(BranchOutcome::participant)
                        .toList());
        assertEquals(List.of("prepare", "commit"), orders.calls(transaction.id()));
    }

    @Test
    void enlisting_one_of_many_again_changes_nothing() {
        ScriptedParticipant[] many = IntStream.range(0, 40)
                .mapToObj(number -> world.participant("participant" + number))
                .toArray(ScriptedParticipant[]::new);
        Avow avow = world.open(directory, many);
        Transaction transaction = World.begin(avow, "O001", many);
        for (ScriptedParticipant again : many) {
            transaction.enlist(again);
        }
        assertEquals(
                Stream.of(many).map(ScriptedParticipant::name).toList(),
                transaction.commit().branches().stream()
                        .map(BranchOutcome::participant)
                        .toList());
    }

    @Test
    void nothing_can_be_enlisted_after_the_end() {
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.commit();
        assertSays(
                "\"orders\" can't be enlisted in O001 (" + transaction.id() + "), which has ended: Committed",
                assertThrows(IllegalStateException.class, () -> transaction.enlist(orders)));
        Transaction aborted = avow.begin("O002");
        aborted.abort();
        assertSays(
                "\"orders\" can't be enlisted in O002 (" + aborted.id()
                        + "), which has ended: aborted, the application aborted it",
                assertThrows(IllegalStateException.class, () -> aborted.enlist(orders)));
    }

    @Test
    void the_first_end_counts_and_each_later_call_gives_the_same() {
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome committed = transaction.commit();
        assertInstanceOf(Outcome.Committed.class, committed);
        assertSame(committed, transaction.commit());
        assertSame(committed, transaction.abort());
        transaction.close();
        assertEquals(List.of("prepare", "commit"), orders.calls(transaction.id()));
        Transaction second = World.begin(avow, "O002", orders, payments);
        Outcome aborted = second.abort();
        assertSame(aborted, second.commit());
        assertEquals(List.of("abort"), orders.calls(second.id()));
    }

    @Test
    void closing_one_that_has_not_ended_aborts_it() {
        Avow avow = world.open(directory, orders, payments);
        TransactionId id;
        try (Transaction transaction = World.begin(avow, "O001", orders, payments)) {
            id = transaction.id();
        }
        assertEquals(List.of("abort"), orders.calls(id));
    }

    @Test
    void commit_and_abort_at_once_give_one_outcome() throws Exception {
        Avow avow = world.open(directory, orders, payments);
        for (int round = 0; round < 50; round++) {
            Transaction transaction = World.begin(avow, "O" + round, orders, payments);
            CyclicBarrier start = new CyclicBarrier(2);
            FutureTask<Outcome> commit = World.aside(() -> {
                start.await();
                return transaction.commit();
            });
            FutureTask<Outcome> abort = World.aside(() -> {
                start.await();
                return transaction.abort();
            });
            assertSame(World.resultOf(commit), World.resultOf(abort));
        }
        assertEquals(orders.ended(), payments.ended());
    }

    @Test
    void a_transaction_needs_a_name() {
        Avow avow = world.open(directory, orders);
        assertSays(
                "the transaction's name is blank: give it a name",
                assertThrows(IllegalArgumentException.class, () -> avow.begin(" ")));
        assertThrows(IllegalArgumentException.class, () -> avow.begin("x".repeat(70_000)));
    }

    @Test
    void ids_name_coordinator_incarnation_and_order() {
        Avow avow = world.open(directory, orders);
        TransactionId first = avow.begin("O001").id();
        TransactionId second = avow.begin("O002").id();
        assertEquals(1, first.incarnation());
        assertTrue(first.compareTo(second) < 0);
        avow.close();
        TransactionId third = world.open(directory, orders).begin("O003").id();
        assertEquals(first.coordinator(), third.coordinator());
        assertEquals(2, third.incarnation());
    }

    @Test
    void transact_commits_what_works_and_aborts_what_throws() throws Exception {
        Avow avow = world.open(directory, orders, payments);
        Outcome outcome = avow.transact("O001", transaction -> {
            transaction.enlist(orders);
            transaction.enlist(payments);
        });
        assertInstanceOf(Outcome.Committed.class, outcome);
        AtomicReference<Transaction> begun = new AtomicReference<>();
        IOException failure = new IOException("the shop is shut");
        assertSame(
                failure,
                assertThrows(
                        IOException.class,
                        () -> avow.transact("O002", transaction -> {
                            transaction.enlist(orders);
                            begun.set(transaction);
                            throw failure;
                        })));
        assertEquals(
                List.of("abort"),
                orders.calls(Objects.requireNonNull(begun.get()).id()));
    }
}
