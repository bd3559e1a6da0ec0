package dev.avow.engine.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Answers from any threads to the one that asked, in the order in which they came. */
final class Replies<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    /** Guarded by lock. */
    private final Queue<Reply<T>> replies = new ArrayDeque<>();

    void add(Reply<T> reply) {
        lock.lock();
        try {
            replies.add(reply);
            came.signal();
        } finally {
            lock.unlock();
        }
    }

    Optional<Reply<T>> peek() {
        lock.lock();
        try {
            return Optional.ofNullable(replies.peek());
        } finally {
            lock.unlock();
        }
    }

    Optional<Reply<T>> poll() {
        lock.lock();
        try {
            return Optional.ofNullable(replies.poll());
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #poll}, but waits for one; not longer than this, nor past an interrupt, which stays set. */
    Optional<Reply<T>> await(Duration timeout) {
        lock.lock();
        try {
            long left = TimeUnit.NANOSECONDS.convert(timeout);
            while (replies.isEmpty() && left > 0) {
                left = came.awaitNanos(left);
            }
            return Optional.ofNullable(replies.poll());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}
