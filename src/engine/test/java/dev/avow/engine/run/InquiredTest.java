package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A participant that asks is answered at once, and never with what isn't decided. (AnswerOnlyDecided) */
final class InquiredTest {

    @TempDir
    Path directory;

    private final World world = new World();
    private final ScriptedParticipant orders = world.participant("orders");
    private final ScriptedParticipant payments = world.participant("payments");

    @AfterEach
    void close() {
        world.close();
    }

    /** Of itself it tries nothing again while a test lasts. */
    private AvowOptions patient() {
        return world.options().withRetries(Duration.ofHours(1), Duration.ofHours(1));
    }

    @Test
    void a_commit_that_waits_for_its_next_attempt_is_told_now() throws Exception {
        AtomicBoolean ill = new AtomicBoolean(true);
        payments.onCommit(id -> {
            if (ill.get()) {
                throw new IllegalStateException("not now");
            }
            return payments.commitWell(id);
        });
        Avow avow = world.open(directory, patient(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.commit();
        assertEquals(List.of("prepare", "commit"), payments.calls(transaction.id()));
        ill.set(false);
        avow.inquired(transaction.id(), "payments");
        world.await("payments has committed", () -> payments.ended().get(transaction.id()) == Ending.COMMITTED);
        assertEquals(List.of("prepare", "commit"), orders.calls(transaction.id()));
    }

    @Test
    void what_no_record_speaks_for_is_aborted_now() throws Exception {
        Avow avow = world.open(directory, patient(), orders, payments);
        assertTrue(avow.awaitRecovered(World.LONG));
        Transaction left = avow.begin("O001");
        left.abort();
        payments.prepareWell(left.id());
        avow.inquired(left.id(), "payments");
        world.await("payments has aborted", () -> payments.ended().get(left.id()) == Ending.ABORTED);
    }

    @Test
    void what_is_still_being_decided_is_left_alone() throws Exception {
        Gate gate = world.gate();
        payments.onPrepare(gate.before(payments::prepareWell));
        Avow avow = world.open(directory, patient(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        FutureTask<Outcome> commit = World.aside(transaction::commit);
        world.await("orders is in doubt", () -> orders.prepared().contains(transaction.id()));
        assertTrue(avow.awaitRecovered(World.LONG));
        int looks = orders.inquiries();
        avow.inquired(transaction.id(), "orders");
        world.await("orders is looked at", () -> orders.inquiries() > looks);
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(List.of("prepare"), orders.calls(transaction.id()));
        gate.open();
        assertInstanceOf(Outcome.Committed.class, World.resultOf(commit));
    }

    @Test
    void about_another_coordinators_transaction_nobody_is_made_to_wait() {
        Avow avow = world.open(directory, patient(), orders);
        TransactionId id = TransactionId.of(1, 1, 1);
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> avow.inquired(id, "orders"));
        assertTrue(refused.toString().contains("can't be decided here"), refused::toString);
    }

    @Test
    void a_coordinator_that_is_closed_says_so() {
        Avow avow = world.open(directory, patient(), orders);
        TransactionId id = avow.begin("O001").id();
        avow.close();
        assertThrows(IllegalStateException.class, () -> avow.inquired(id, "orders"));
    }

    @Test
    void who_is_no_participant_hears_so() {
        Avow avow = world.open(directory, patient(), orders);
        TransactionId id = avow.begin("O001").id();
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> avow.inquired(id, "nobody"));
        assertTrue(refused.toString().contains("\"nobody\""), refused::toString);
    }
}
