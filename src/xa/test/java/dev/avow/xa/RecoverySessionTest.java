package dev.avow.xa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** The connection for recovery ends with its participant. */
final class RecoverySessionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ScriptedResource resource = new ScriptedResource();
    private final AtomicReference<Runnable> elsewhere = new AtomicReference<>(() -> {});

    /** What another thread does meanwhile, once. */
    private void meanwhile() {
        CompletableFuture.runAsync(elsewhere.getAndSet(() -> {}))
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void a_close_during_a_call_leaves_the_connection_to_it() throws Exception {
        XaResourceFactory factory = () -> {
            meanwhile();
            return resource.open();
        };
        RecoverySession session = new RecoverySession("orders", factory, PATIENCE);
        elsewhere.set(session::close);
        session.inDoubt("orders");
        assertEquals("open recover close", resource.calls());
    }

    @Test
    void a_close_just_before_a_call_gives_the_lock_back_leaves_no_connection() throws Exception {
        AtomicBoolean met = new AtomicBoolean();
        ReentrantLock lock = new ReentrantLock() {
            private static final long serialVersionUID = 1L;

            @Override
            public void unlock() {
                if (!met.getAndSet(true)) {
                    meanwhile();
                }
                super.unlock();
            }
        };
        RecoverySession session = new RecoverySession("orders", resource, PATIENCE, lock);
        elsewhere.set(session::close);
        session.inDoubt("orders");
        assertTrue(met.get());
        assertEquals("open recover close", resource.calls());
    }
}
