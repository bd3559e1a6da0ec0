package dev.avow.servers;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for what another process does. For any number of threads. */
public final class Await {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long LOOK_MILLIS = 5;

    /** What is waited for. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /**
     * Looks again and again, for at most two minutes.
     *
     * @param situation for the message, if the condition doesn't come true in time
     */
    public static void until(Condition condition, Supplier<String> situation) throws Exception {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline || never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("in vain: " + situation.get());
            }
        }
    }

    private Await() {}
}
