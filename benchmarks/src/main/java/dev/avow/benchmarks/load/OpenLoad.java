package dev.avow.benchmarks.load;

import dev.avow.benchmarks.manager.Manager;
import dev.avow.benchmarks.manager.NoOpResource;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Transactions that are due at fixed intervals and are taken up by a number of threads. A transaction's latency counts from
 * the moment at which it was due: one that had to wait for a thread has waited, which a loop that begins the next only
 * after the last would hide (Tene's "coordinated omission").
 */
public final class OpenLoad {
    /** Before what is measured: at full speed on all threads, and at the load's own pace until that is compiled, too. */
    public static final int WARMUP_SECONDS = 6;

    private static final int FULL_SPEED_SECONDS = 3;

    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;

    private final Manager.Running manager;
    private final int threads;
    private final long intervalNanos;
    private final long unrecorded;
    private final long transactions;
    private final AtomicLong next = new AtomicLong();

    OpenLoad(Manager.Running manager, int threads, int ratePerSecond, int seconds) {
        this.manager = manager;
        this.threads = threads;
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / ratePerSecond;
        this.unrecorded = (long) ratePerSecond * (WARMUP_SECONDS - FULL_SPEED_SECONDS);
        this.transactions = unrecorded + (long) ratePerSecond * seconds;
    }

    /** Commits as fast as it goes. */
    void warmUp() throws InterruptedException, ExecutionException {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(FULL_SPEED_SECONDS);
        Histogram unused = onAllThreads(() -> {
            Manager.Work work = manager.work(new NoOpResource(), new NoOpResource());
            while (System.nanoTime() < endNanos) {
                work.run();
            }
            return new Histogram(LONGEST_NANOS, DIGITS);
        });
    }

    /** Runs all of them; returns the latencies, in nanoseconds, of those that are measured. */
    Histogram run() throws InterruptedException, ExecutionException {
        long beganNanos = System.nanoTime();
        return onAllThreads(() -> client(beganNanos));
    }

    private Histogram onAllThreads(Callable<Histogram> client) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Histogram all = new Histogram(LONGEST_NANOS, DIGITS);
            for (Future<Histogram> each : pool.invokeAll(Collections.nCopies(threads, client))) {
                all.add(each.get());
            }
            return all;
        } finally {
            pool.shutdownNow();
        }
    }

    private Histogram client(long beganNanos) throws Exception {
        Manager.Work work = manager.work(new NoOpResource(), new NoOpResource());
        Histogram latencies = new Histogram(LONGEST_NANOS, DIGITS);
        for (long number = next.getAndIncrement(); number < transactions; number = next.getAndIncrement()) {
            long dueNanos = beganNanos + number * intervalNanos;
            awaitNanos(dueNanos);
            work.run();
            if (number >= unrecorded) {
                latencies.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - dueNanos));
            }
        }
        return latencies;
    }

    private static void awaitNanos(long dueNanos) {
        for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
