package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How soon a participant that was away is found again. */
class ReachingTest {
    private static final int ATTEMPTS = 6;

    /** gRPC's own pauses between attempts grow to two minutes: the one before the fifth would be four seconds. */
    @Test
    void each_call_of_one_that_is_away_tries_to_reach_it_at_once() throws Exception {
        Semaphore attempts = new Semaphore(0);
        try (ServerSocket away = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread closing = new Thread(() -> closeAll(away, attempts));
            closing.setDaemon(true);
            closing.start();
            RemoteParticipant participant = RemoteParticipant.at(
                    "orders",
                    "localhost:" + away.getLocalPort(),
                    Identity.plainText(),
                    "orders",
                    Duration.ofSeconds(5));
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                assertTrue(isTried(participant, attempts), "attempt " + attempt);
            }
            participant.close();
        }
    }

    /** A call that comes while an attempt is just failing makes none. */
    private static boolean isTried(RemoteParticipant participant, Semaphore attempts) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        do {
            assertThrows(StatusRuntimeException.class, participant::inDoubt);
            if (attempts.tryAcquire(20, TimeUnit.MILLISECONDS)) {
                return true;
            }
        } while (System.nanoTime() < deadline);
        return false;
    }

    private static void closeAll(ServerSocket away, Semaphore attempts) {
        try {
            while (true) {
                away.accept().close();
                attempts.release();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }
}
