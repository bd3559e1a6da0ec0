package dev.avow.engine.run;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which participants have been looked at since when, in a time of its own that moves with each {@link #call}. Looks at one
 * participant may report in another order than they began.
 */
final class Looks {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition looked = lock.newCondition();
    /** Guarded by lock, like all below. */
    private long now;
    /** When the newest look that went to its end began, by the participant's name. */
    private final Map<String, Long> began = new HashMap<>();

    /** Moves the time on: only looks that begin from now on see what the caller knows of. */
    long call() {
        lock.lock();
        try {
            return ++now;
        } finally {
            lock.unlock();
        }
    }

    long now() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    /** A look at it that began then has gone to its end. */
    void ended(String participant, long beganAt) {
        lock.lock();
        try {
            began.merge(participant, beganAt, Math::max);
            looked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a look that began after the call has ended at each of them; returns whether that is so. */
    boolean await(long call, Collection<String> participants, long timeoutNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = timeoutNanos;
            while (!allSince(call, participants) && left > 0) {
                left = looked.awaitNanos(left);
            }
            return allSince(call, participants);
        } finally {
            lock.unlock();
        }
    }

    private boolean allSince(long call, Collection<String> participants) {
        return participants.stream().allMatch(participant -> began.getOrDefault(participant, -1L) >= call);
    }
}
