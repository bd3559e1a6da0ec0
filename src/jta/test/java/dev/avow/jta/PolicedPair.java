package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.AvowOptions;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.transaction.xa.XAResource;

/** A manager over two policed resource managers, and other threads; {@link #close} fails if a call was against C193. */
final class PolicedPair implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 30;

    final Policed orders = new Policed("orders");
    final Policed broker = new Policed("broker");
    final AvowTransactionManager manager;
    final TransactionSynchronizationRegistry registry;
    private final ExecutorService others = Executors.newCachedThreadPool();

    PolicedPair(Path log) {
        this(log, Duration.ofSeconds(60));
    }

    PolicedPair(Path log, Duration timeout) {
        manager = AvowTransactionManager.at(log)
                .resource("orders", orders)
                .resource("broker", broker)
                .options(AvowOptions.defaults()
                        .withWorkTimeout(timeout)
                        .withRetries(Duration.ofMillis(5), Duration.ofMillis(50)))
                .open();
        registry = manager.synchronizationRegistry();
    }

    /** Another of its resources, under its name. */
    XAResource resource(Policed of) {
        return named(of.resource());
    }

    XAResource named(PolicedResource resource) {
        return manager.named(resource.manager().name, resource);
    }

    /** Another of its resources, now of this thread's transaction. */
    XAResource enlist(Policed of) throws Exception {
        XAResource made = resource(of);
        assertTrue(manager.getTransaction().enlistResource(made));
        return made;
    }

    <T> Future<T> aside(Callable<T> call) {
        return others.submit(call);
    }

    static <T> T resultOf(Future<T> task) throws Exception {
        try {
            return task.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failure;
        }
    }

    /** In another thread, while this one waits. */
    <T> T elsewhere(Callable<T> call) throws Exception {
        return resultOf(aside(call));
    }

    static void await(String what, BooleanSupplier condition) {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNanos, () -> "it didn't come to this: " + what);
            Thread.onSpinWait();
        }
    }

    void awaitSettled() {
        await("nothing is left", () -> orders.isEmpty() && broker.isEmpty());
    }

    @Override
    public void close() {
        others.shutdownNow();
        manager.close();
        assertEquals(List.of(), orders.violations());
        assertEquals(List.of(), broker.violations());
    }
}
