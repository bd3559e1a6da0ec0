package dev.avow.engine.run;

import dev.avow.engine.TransactionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Commits that a participant hasn't acknowledged. */
final class Tellings {
    private final Map<TransactionId, Telling> tellings = new ConcurrentHashMap<>(Undecided.BINS);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    /** How many wait for it: nobody, on nearly every commit's way, so that its lock isn't taken there. */
    private final AtomicInteger waiting = new AtomicInteger();

    void began(Telling telling) {
        tellings.put(telling.id(), telling);
    }

    void ended(Telling telling) {
        tellings.remove(telling.id(), telling);
        if (waiting.get() > 0) {
            lock.lock();
            try {
                told.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    Optional<Telling> of(TransactionId id) {
        return Optional.ofNullable(tellings.get(id));
    }

    /** All at this moment. */
    List<Telling> all() {
        return List.copyOf(tellings.values());
    }

    boolean contains(TransactionId id) {
        return tellings.containsKey(id);
    }

    /** Waits until there are none; returns whether it came to that. */
    boolean awaitNone(long timeoutNanos) throws InterruptedException {
        // Before the look at what is left: whoever ends from now on sees that someone waits.
        waiting.incrementAndGet();
        lock.lock();
        try {
            long left = timeoutNanos;
            while (!tellings.isEmpty() && left > 0) {
                left = told.awaitNanos(left);
            }
            return tellings.isEmpty();
        } finally {
            lock.unlock();
            waiting.decrementAndGet();
        }
    }
}
