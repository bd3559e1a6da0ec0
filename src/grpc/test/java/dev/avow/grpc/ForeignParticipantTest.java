package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.BranchOutcome;
import dev.avow.engine.Outcome;
import dev.avow.engine.TransactionId;
import dev.avow.grpc.NodeStock.Level;
import dev.avow.grpc.contract.Answer;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stock in JavaScript, in its own process, beside payments in Java: what the contract alone makes of a participant. */
class ForeignParticipantTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @BeforeEach
    void need_node() throws Exception {
        NodeExample.assumeItRuns();
    }

    @Test
    void a_reservation_and_its_payment_are_committed() throws Exception {
        try (Trade here = Trade.with(NodeExample.asItIs(), folder)) {
            here.bought().requireCommitted();
            assertEquals(new Level(8, 0), here.stock.level());
            assertEquals(Optional.of("120"), here.paid());
        }
    }

    @Test
    void what_is_reserved_is_free_again_after_an_abort() throws Exception {
        try (Trade here = Trade.with(NodeExample.asItIs(), folder)) {
            assertThrows(
                    StatusRuntimeException.class,
                    () -> here.shop.coordinator.transact("O1", transaction -> {
                        here.buy(2);
                        assertEquals(new Level(10, 2), here.stock.level());
                        Texts.put(here.shop.payments, "O2=fail");
                    }));
            assertEquals(Trade.UNTOUCHED, here.stock.level());
            assertEquals(Optional.empty(), here.paid());
        }
    }

    @Test
    void more_than_there_is_can_not_be_reserved() throws Exception {
        try (Trade here = Trade.with(NodeExample.asItIs(), folder)) {
            StatusRuntimeException refused = assertThrows(
                    StatusRuntimeException.class,
                    () -> here.shop.coordinator.transact("O1", transaction -> here.buy(11)));
            assertEquals(Status.Code.FAILED_PRECONDITION, refused.getStatus().getCode());
            assertEquals(Trade.UNTOUCHED, here.stock.level());
        }
    }

    @Test
    void a_participant_that_is_alone_decides() throws Exception {
        try (Trade here = Trade.with(NodeExample.asItIs(), folder)) {
            here.killAtFirst(Answer.MessageCase.ENDED);
            here.shop
                    .coordinator
                    .transact("O1", transaction -> NodeStock.reserve(here.shop.orders, 2))
                    .requireCommitted();
            here.startAgain();
            assertEquals(new Level(8, 0), here.stock.level());
        }
    }

    @Test
    void one_that_is_killed_after_its_yes_finds_it_in_doubt_and_hears_the_commit() throws Exception {
        try (Trade here = Trade.with(NodeExample.asItIs(), folder)) {
            assertEquals(new Level(8, 0), here.levelAfterKillAtYes());
            assertEquals(Optional.of("120"), here.paid());
        }
    }

    @Test
    void one_that_is_killed_after_its_acknowledgement_has_committed() throws Exception {
        try (Trade here = Trade.with(NodeExample.asItIs(), folder)) {
            assertEquals(new Level(8, 0), here.levelAfterKillAtAck());
        }
    }

    @Test
    void a_prepare_for_work_that_a_kill_took_is_voted_no() throws Exception {
        try (Trade here = Trade.with(NodeExample.asItIs(), folder)) {
            Outcome outcome = here.outcomeOfLostWork();
            assertInstanceOf(Outcome.Aborted.class, outcome);
            BranchOutcome branch = outcome.branches().get(0);
            assertEquals("stock", branch.participant());
            assertEquals(Optional.of(Vote.NO), branch.vote());
            // It was said, and isn't what a missing answer counts as.
            assertEquals(Optional.empty(), branch.failure());
            assertEquals(Trade.UNTOUCHED, here.stock.level());
            assertEquals(Optional.empty(), here.paid());
        }
    }

    @Test
    void what_was_being_written_at_a_kill_is_passed_over() throws Exception {
        try (Trade here = Trade.with(NodeExample.asItIs(), folder)) {
            here.bought().requireCommitted();
            here.stock.kill();
            String all = Files.readString(here.stock.journal());
            Path unused = Files.writeString(here.stock.journal(), all + all.substring(0, 40));
            here.startAgain();
            assertEquals(new Level(8, 0), here.stock.level());
        }
    }

    @Test
    void a_journal_that_is_damaged_before_its_end_is_refused() throws Exception {
        try (Trade here = Trade.with(NodeExample.asItIs(), folder)) {
            here.bought().requireCommitted();
            here.stock.kill();
            String all = Files.readString(here.stock.journal());
            assertRefused(here.stock, all.replaceFirst("prepared", "Prepared"));
            Path unused = Files.writeString(here.stock.journal(), all);
            here.startAgain();
            here.stock.kill();
            // One line is left, which was durable before the journal had its name.
            String line = Files.readString(here.stock.journal());
            assertEquals(1, line.lines().count(), line);
            assertRefused(here.stock, line.replaceFirst("bolts", "Bolts"));
        }
    }

    private static void assertRefused(NodeStock stock, String damaged) throws IOException {
        Path unused = Files.writeString(stock.journal(), damaged);
        IllegalStateException refused = assertThrows(IllegalStateException.class, stock::startAgain);
        assertTrue(String.valueOf(refused.getMessage()).contains("damaged before its end"), refused::toString);
    }

    @Test
    void what_comes_after_lost_work_is_refused() throws Exception {
        try (Trade here = Trade.with(NodeExample.asItIs(), folder)) {
            StatusRuntimeException refused = assertThrows(
                    StatusRuntimeException.class,
                    () -> here.shop.coordinator.transact("O1", transaction -> {
                        here.buy(2);
                        here.stock.kill();
                        here.startAgain();
                        NodeStock.reserve(here.shop.orders, 1);
                    }));
            assertTrue(String.valueOf(refused.getMessage()).contains("has lost that work"), refused::toString);
            assertEquals(Trade.UNTOUCHED, here.stock.level());
        }
    }

    @Test
    void work_whose_coordinator_orders_nothing_is_aborted() throws Exception {
        try (Trade here = Trade.with(NodeExample.asItIs(), folder)) {
            Outcome outcome = here.shop.coordinator.transact("O1", transaction -> {
                here.buy(2);
                here.stock.letTheWorkTimeoutPass();
                assertEquals(Trade.UNTOUCHED, here.stock.level());
            });
            assertInstanceOf(Outcome.Aborted.class, outcome);
            assertEquals(Optional.empty(), here.paid());
        }
    }

    @Test
    void what_is_prepared_waits_longer_than_the_work_timeout() throws Exception {
        try (Trade here = Trade.with(NodeExample.asItIs(), folder)) {
            assertEquals(new Level(8, 0), here.levelAfterTimeoutAtYes());
        }
    }

    @Test
    void orders_come_again_and_late_without_harm() throws Exception {
        try (Trade here = Trade.with(NodeExample.asItIs(), folder)) {
            ManagedChannel channel = here.stock.channel();
            try (RemoteParticipant stock = here.stock.participant("stock", channel, LONG)) {
                here.stock.whenAnswering(answer -> {
                    here.stock.whenAnswering(later -> {});
                    // The vote's: it is in doubt, and says so to whoever asks.
                    List<TransactionId> inDoubt = assertDoesNotThrow(() -> List.copyOf(stock.inDoubt()));
                    assertEquals(1, inDoubt.size());
                    assertEquals(Vote.YES, assertDoesNotThrow(() -> stock.prepare(inDoubt.get(0))));
                });
                TransactionId id = here.bought().requireCommitted().id();
                here.awaitRecovered();
                stock.commit(id);
                stock.abort(id);
                stock.forget(id);
                assertEquals(Vote.NO, stock.prepare(id));
                assertEquals(Ending.UNKNOWN, stock.commitOnePhase(id));
                assertEquals(List.of(), List.copyOf(stock.inDoubt()));
                assertEquals(new Level(8, 0), here.stock.level());
            } finally {
                channel.shutdownNow();
            }
        }
    }

    @Test
    void one_that_does_not_converse_is_told_from_one_that_is_gone() throws Exception {
        try (Trade here = Trade.with(NodeExample.asItIs(), folder);
                RemoteParticipant conversing = RemoteParticipant.of("stock", here.shop.orders, LONG)) {
            IOException refused = assertThrows(IOException.class, () -> conversing.prepare(TransactionId.of(1, 1, 1)));
            assertTrue(
                    String.valueOf(refused.getMessage()).contains("RemoteParticipant.unary() needs Tell"),
                    refused::toString);
        }
    }
}
