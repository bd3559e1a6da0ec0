package dev.avow.xa;

import java.util.concurrent.locks.ReentrantLock;

/** Lets one call at a time prepare or settle a branch of a participant, where its resource needs that. */
final class Turn {
    private final ReentrantLock lock = new ReentrantLock();

    @FunctionalInterface
    interface Call<T> {
        T make() throws XaFailure;
    }

    /** An interrupt doesn't break the waiting off, just as it wouldn't within the resource. */
    <T> T taken(Call<T> call) throws XaFailure {
        lock.lock();
        try {
            return call.make();
        } finally {
            lock.unlock();
        }
    }

    /** How many calls wait; may be over by the time it is told. */
    int waiting() {
        return lock.getQueueLength();
    }
}
