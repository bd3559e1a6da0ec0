package dev.avow.clients;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread does. */
final class Await {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    static void until(String what, Condition condition) throws Exception {
        long began = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - began > PATIENCE_NANOS) {
                throw new AssertionError("it never came that " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private Await() {}
}
