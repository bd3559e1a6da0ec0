package dev.avow.agroal;

import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/**
 * Lets one call at a time prepare or settle a branch of a pool's database, where that is H2: killed while it does so side
 * by side, it can lose a prepared branch (the page of avow-xa tells how that was found). Over the resources of a pool Avow
 * itself can't see that it is H2. Safe for any number of threads.
 */
final class Turns {
    private final ReentrantLock lock = new ReentrantLock();
    /** Set with the first of its resources: before that there is nothing to take turns with. */
    private volatile boolean needed;

    @FunctionalInterface
    interface Call<T> {
        T make() throws XAException;
    }

    void of(XAResource driver) {
        needed |= driver.getClass().getName().startsWith("org.h2.");
    }

    <T> T taken(Call<T> call) throws XAException {
        if (!needed) {
            return call.make();
        }
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
