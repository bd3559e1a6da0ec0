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

    /** Twice if others wait by then, which is faster than waiting for one of them to get a processor. */
    private void lead() throws IOException {
        if (leadsOn(false)) {
            leadsOn(true);
        }
    }

    private boolean leadsOn(boolean last) throws IOException {
        List<Waiter> batch = takeAll();
        file.append(batch.size());
        for (Waiter waiter : batch) {
            if (waiter.thread != Thread.currentThread()) {
                waiter.wake(DURABLE);
            }
        }
        return passOn(last);
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

    /** Returns whether leadership stays here. */
    private boolean passOn(boolean last) {
        lock.lock();
        try {
            led = !waiting.isEmpty();
            if (led && last) {
                waiting.get(0).wake(LEADS);
            }
            return led && !last;
        } finally {
            lock.unlock();
        }
    }

    @TearDown
    public void close() throws IOException {
        file.close();
    }
}
