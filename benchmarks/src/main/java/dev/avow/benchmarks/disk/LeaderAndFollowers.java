package dev.avow.benchmarks.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Ideal group commit without a thread of its own, and without anything else that a log has to do: whoever finds nobody
 * forcing forces for all that wait.
 */
@State(Scope.Benchmark)
public class LeaderAndFollowers {
    private static final int WAITS = 0;
    private static final int LEADS = 1;
    private static final int DURABLE = 2;

    private static final class Waiter {
        private final Thread thread = Thread.currentThread();
        private volatile int turn = WAITS;

        private void wake(int newTurn) {
            turn = newTurn;
            LockSupport.unpark(thread);
        }
    }

    private final ForcedFile file = new ForcedFile();
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by lock. */
    private List<Waiter> waiting = new ArrayList<>();

    private boolean led;

    public void append() throws IOException {
        Waiter waiter = new Waiter();
        if (joins(waiter)) {
            lead();
            return;
        }
        while (waiter.turn == WAITS) {
            LockSupport.park(this);
        }
        if (waiter.turn == LEADS) {
            lead();
        }
    }

    private boolean joins(Waiter waiter) {
        lock.lock();
        try {
            waiting.add(waiter);
            boolean leads = !led;
            led = true;
            return leads;
        } finally {
            lock.unlock();
        }
    }

    private void lead() throws IOException {
        List<Waiter> batch = takeAll();
        file.append(batch.size());
        for (Waiter waiter : batch) {
            if (waiter.thread != Thread.currentThread()) {
                waiter.wake(DURABLE);
            }
        }
        passOn();
    }

    private List<Waiter> takeAll() {
        lock.lock();
        try {
            List<Waiter> batch = waiting;
            waiting = new ArrayList<>();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void passOn() {
        lock.lock();
        try {
            led = !waiting.isEmpty();
            if (led) {
                waiting.get(0).wake(LEADS);
            }
        } finally {
            lock.unlock();
        }
    }

    @TearDown
    public void close() throws IOException {
        file.close();
    }
}
