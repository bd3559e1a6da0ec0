package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.TransactionId;
import dev.avow.grpc.contract.ParticipantServiceGrpc;
import dev.avow.grpc.contract.PeerInquiry;
import dev.avow.grpc.contract.PeerInquiryReply;
import dev.avow.protocol.Vote;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services in doubt that ask by themselves: their coordinator, and if it is silent each other. On real connections. */
class PeersTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    private final CountDownLatch ended = new CountDownLatch(1);
    private StoreService orders;
    private StoreService payments;
    private HandCoordinator coordinator;

    @BeforeEach
    void open() throws IOException {
        orders = StoreService.started(folder.resolve("orders"), "orders");
        payments = StoreService.impatient(folder.resolve("payments"), "payments", SILENCE, store -> new Around(store) {
            @Override
            public void commit(TransactionId id) throws Exception {
                super.commit(id);
                ended.countDown();
            }

            @Override
            public void abort(TransactionId id) throws Exception {
                super.abort(id);
                ended.countDown();
            }
        });
        coordinator = new HandCoordinator(Map.of("orders", orders, "payments", payments));
    }

    @AfterEach
    void close() {
        coordinator.close();
        orders.close();
        payments.close();
    }

    private TransactionId worked() {
        TransactionId id = coordinator.begin();
        coordinator.put(id, "orders", "O1=120");
        coordinator.put(id, "payments", "O1=120");
        return id;
    }

    private void awaitEnd() throws InterruptedException {
        assertTrue(ended.await(LONG.toSeconds(), TimeUnit.SECONDS), "payments still waits");
    }

    private Optional<String> paid() {
        return payments.store().get("O1");
    }

    @Test
    void a_commit_is_heard_from_the_other_service_while_the_coordinator_is_gone() throws Exception {
        TransactionId id = worked();
        assertEquals(Vote.YES, coordinator.tell("orders").prepare(id));
        assertEquals(Vote.YES, coordinator.tell("payments").prepare(id));
        coordinator.tell("orders").commit(id);
        coordinator.dies();
        awaitEnd();
        assertEquals(Optional.of("120"), paid());
        assertEquals(List.of(), List.copyOf(payments.store().inDoubt()));
    }

    @Test
    void a_service_that_has_not_voted_aborts_so_that_the_other_need_not_wait() throws Exception {
        TransactionId id = worked();
        assertEquals(Vote.YES, coordinator.tell("payments").prepare(id));
        coordinator.dies();
        awaitEnd();
        assertEquals(Optional.empty(), paid());
        assertEquals(Vote.NO, coordinator.tell("orders").prepare(id));
    }

    @Test
    void a_service_that_was_in_doubt_when_it_went_down_asks_when_it_is_back() throws Exception {
        TransactionId id = worked();
        assertEquals(Vote.YES, coordinator.tell("orders").prepare(id));
        assertEquals(Vote.YES, coordinator.tell("payments").prepare(id));
        payments.stop();
        coordinator.tell("orders").commit(id);
        coordinator.dies();
        payments.start();
        awaitEnd();
        assertEquals(Optional.of("120"), paid());
    }

    @Test
    void while_the_coordinator_replies_nobody_else_is_asked() throws Exception {
        TransactionId id = worked();
        assertEquals(Vote.YES, coordinator.tell("payments").prepare(id));
        assertTrue(coordinator.inquiries.tryAcquire(3, LONG.toSeconds(), TimeUnit.SECONDS));
        // Orders would have aborted, had it been asked.
        assertEquals(Vote.YES, coordinator.tell("orders").prepare(id));
        coordinator.tell("payments").commit(id);
        assertEquals(Optional.of("120"), paid());
    }

    @Test
    void a_service_that_was_restarted_has_no_answer_and_the_other_waits_for_the_coordinator() throws Exception {
        TransactionId id = worked();
        assertEquals(Vote.YES, coordinator.tell("orders").prepare(id));
        assertEquals(Vote.YES, coordinator.tell("payments").prepare(id));
        coordinator.tell("orders").commit(id);
        orders.stop();
        orders.start();
        assertEquals(PeerInquiryReply.getDefaultInstance(), asked(orders, id));
        assertEquals(List.of(id), List.copyOf(payments.store().inDoubt()));
    }

    @Test
    void a_doubt_that_nobody_can_end_is_told_to_whoever_is_on_call() throws Exception {
        TransactionId id = worked();
        assertEquals(Vote.YES, coordinator.tell("orders").prepare(id));
        assertEquals(Vote.YES, coordinator.tell("payments").prepare(id));
        try (Heard heard = new Heard()) {
            coordinator.dies();
            awaitLine(heard, "no other participant knows. They wait; start the coordinator on its log");
        }
    }

    @Test
    void a_directory_that_was_lost_under_prepared_branches_is_told_of() throws Exception {
        TransactionId id = worked();
        assertEquals(Vote.YES, coordinator.tell("payments").prepare(id));
        payments.stop();
        Path directory = folder.resolve("payments-service");
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        try (Heard heard = new Heard()) {
            payments.start();
            awaitLine(heard, "which isn't in its directory: was that lost or replaced?");
        }
        assertEquals(List.of(id), List.copyOf(payments.store().inDoubt()));
    }

    private static void awaitLine(Heard heard, String part) {
        long deadlineNanos = System.nanoTime() + LONG.toNanos();
        while (heard.lines(part) == 0) {
            assertTrue(System.nanoTime() < deadlineNanos, () -> "nobody said \"" + part + "\" but " + heard.text());
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void what_a_person_has_ended_here_is_asked_about_no_more() throws Exception {
        TransactionId id = worked();
        assertEquals(Vote.YES, coordinator.tell("payments").prepare(id));
        assertTrue(coordinator.inquiries.tryAcquire(1, LONG.toSeconds(), TimeUnit.SECONDS));
        // The store itself is told, as by a person: nothing of that passes the service.
        payments.store().commit(id);
        TransactionId next = coordinator.begin();
        coordinator.put(next, "payments", "O2=7");
        assertEquals(Vote.YES, coordinator.tell("payments").prepare(next));
        coordinator.awaitInquiryAbout(List.of(next));
        coordinator.tell("payments").abort(next);
    }

    private static PeerInquiryReply asked(StoreService service, TransactionId id) {
        ManagedChannel channel = service.channel();
        try {
            return ParticipantServiceGrpc.newBlockingStub(channel)
                    .withWaitForReady()
                    .withDeadlineAfter(LONG.toSeconds(), TimeUnit.SECONDS)
                    .ask(PeerInquiry.newBuilder()
                            .addTransactions(Wire.toWire(id))
                            .build());
        } finally {
            channel.shutdownNow();
        }
    }
}
