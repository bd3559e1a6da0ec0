package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that says nothing holds up its own transactions, and nothing else. */
final class FanOutTest {
    private static final int MANY = 2_000;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final SilentService service;
    private final ManagedChannel channel;

    FanOutTest() throws IOException {
        service = new SilentService();
        channel = service.channel();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        service.close();
    }

    @Test
    void thousands_of_prepares_that_a_service_has_not_answered_hold_no_thread_and_then_all_commit() throws Exception {
        try (RemoteParticipant orders = RemoteParticipant.of("orders", channel, LONG);
                RemoteParticipant payments = RemoteParticipant.of("payments", channel, LONG);
                Avow avow = Avow.open(directory, orders, payments)) {
            List<FutureTask<Outcome>> commits = new ArrayList<>();
            for (int number = 0; number < MANY; number++) {
                Transaction transaction = avow.begin("O" + number);
                transaction.enlist(orders);
                transaction.enlist(payments);
                FutureTask<Outcome> commit = new FutureTask<>(transaction::commit);
                commits.add(commit);
                Thread thread = new Thread(commit);
                thread.setDaemon(true);
                thread.start();
            }
            awaitHeld(2 * MANY);
            long waiting = threadsOfCalls();
            assertTrue(waiting < 10, () -> waiting + " threads wait for the service");
            service.speak();
            for (FutureTask<Outcome> commit : commits) {
                commit.get(LONG.toSeconds(), TimeUnit.SECONDS).requireCommitted();
            }
        }
    }

    private void awaitHeld(int orders) {
        long deadlineNanos = System.nanoTime() + LONG.toNanos();
        while (service.held() < orders) {
            assertTrue(System.nanoTime() < deadlineNanos, () -> "only " + service.held() + " orders came");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static long threadsOfCalls() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("avow-call-"))
                .count();
    }

    @Test
    void an_answer_has_its_deadline_and_one_that_comes_after_it_is_passed_over() throws Exception {
        TransactionId id = TransactionId.of(1, 1, 1);
        try (RemoteParticipant orders = RemoteParticipant.of("orders", channel, Duration.ofMillis(100))) {
            TimeoutException late = assertThrows(TimeoutException.class, () -> orders.prepare(id));
            assertEquals("\"orders\" hasn't answered within PT0.1S to PREPARE of " + id, late.getMessage());
            assertThrows(TimeoutException.class, () -> orders.abort(id));
            awaitHeld(2);
            service.speak();
        }
        try (RemoteParticipant patient = RemoteParticipant.of("orders", channel, LONG)) {
            assertEquals(Vote.YES, patient.prepare(id));
        }
    }
}
