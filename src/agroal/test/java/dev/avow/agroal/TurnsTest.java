package dev.avow.agroal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.XAConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** H2 bears no two settling calls side by side. */
final class TurnsTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Turns turns = new Turns();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);

    @AfterEach
    void stop() {
        free.countDown();
        threads.shutdownNow();
    }

    private Future<Boolean> stay() throws InterruptedException {
        Future<Boolean> first = threads.submit(() -> turns.taken(() -> {
            inside.countDown();
            return awaitFree();
        }));
        assertTrue(inside.await(30, TimeUnit.SECONDS));
        return first;
    }

    private boolean awaitFree() {
        try {
            return free.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void calls_of_one_h2_come_one_at_a_time() throws Exception {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:");
        XAConnection connection = h2.getXAConnection();
        turns.of(connection.getXAResource());
        connection.close();
        Future<Boolean> first = stay();
        AtomicBoolean second = new AtomicBoolean();
        Future<Boolean> waiting = threads.submit(() -> turns.taken(() -> second.getAndSet(true)));
        long began = System.nanoTime();
        while (turns.waiting() == 0 && System.nanoTime() - began < TimeUnit.SECONDS.toNanos(30)) {
            Thread.onSpinWait();
        }
        assertEquals(1, turns.waiting());
        assertEquals(false, second.get());
        free.countDown();
        assertTrue(first.get());
        assertEquals(false, waiting.get());
        assertTrue(second.get());
    }

    @Test
    void calls_of_other_databases_dont_wait() throws Exception {
        Future<Boolean> first = stay();
        assertEquals("done", threads.submit(() -> turns.taken(() -> "done")).get(30, TimeUnit.SECONDS));
        free.countDown();
        assertTrue(first.get());
    }
}
