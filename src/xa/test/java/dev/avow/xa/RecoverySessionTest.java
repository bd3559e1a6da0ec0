package dev.avow.xa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;

/** The connection for recovery ends with its participant. */
final class RecoverySessionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int ROUNDS = 20_000;

    private final AtomicInteger open = new AtomicInteger();

    private RecoverySession session(Runnable onOpen) {
        return new RecoverySession(
                "orders",
                () -> {
                    open.incrementAndGet();
                    onOpen.run();
                    return new XaSession() {
                        @Override
                        public XAResource resource() {
                            return new ScriptedResource();
                        }

                        @Override
                        public void close() {
                            open.decrementAndGet();
                        }
                    };
                },
                PATIENCE);
    }

    @Test
    void a_call_that_is_under_way_at_the_close_closes_the_connection() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        RecoverySession session = session(() -> {
            try {
                closed.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        CompletableFuture<Integer> found = CompletableFuture.supplyAsync(() -> inDoubt(session));
        while (open.get() == 0) {
            Thread.onSpinWait();
        }
        session.close();
        closed.countDown();
        assertEquals(0, found.get(10, TimeUnit.SECONDS));
        assertEquals(0, open.get());
    }

    /** Spins a little longer each time, so that the close meets the call's end at every point. */
    @Test
    void a_close_that_meets_the_end_of_a_call_leaves_no_connection() throws Exception {
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                CountDownLatch opened = new CountDownLatch(1);
                RecoverySession session = session(opened::countDown);
                Future<Integer> call = caller.submit(() -> inDoubt(session));
                while (opened.getCount() > 0) {
                    Thread.onSpinWait();
                }
                for (int spin = 0; spin < round % 400; spin++) {
                    Thread.onSpinWait();
                }
                session.close();
                call.get(10, TimeUnit.SECONDS);
                assertEquals(0, open.get(), "in round " + round);
            }
        } finally {
            caller.shutdown();
        }
    }

    private static int inDoubt(RecoverySession session) {
        try {
            return session.inDoubt().size();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
