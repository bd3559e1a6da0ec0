package dev.avow.engine.run;

import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Who has answered to a decision, and how. Guarded by the lock of its {@link Telling}, which a wait gives up. */
final class Answers {
    private final Condition changed;
    /** Branches that have answered at least once, be it with a failure. */
    private final BitSet answered = new BitSet();
    /** Branches that have done what they were told, or have settled it alone and forgotten that. */
    private final BitSet followed = new BitSet();

    Answers(ReentrantLock lock) {
        this.changed = lock.newCondition();
    }

    void failed(Branch branch) {
        answered.set(branch.number());
    }

    void followed(Branch branch) {
        answered.set(branch.number());
        followed.set(branch.number());
    }

    /** How many have answered. */
    int answered() {
        return answered.cardinality();
    }

    /** How many have followed. */
    int followed() {
        return followed.cardinality();
    }

    void changed() {
        changed.signalAll();
    }

    /** Waits until this holds; not longer than this, nor past an interrupt. Returns whether it does. */
    boolean await(BooleanSupplier condition, Duration timeout) {
        try {
            long left = TimeUnit.NANOSECONDS.convert(timeout);
            while (!condition.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            // The decision stands; only the waiting ends.
            Thread.currentThread().interrupt();
        }
        return condition.getAsBoolean();
    }
}
