package dev.avow.engine.run;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Who has answered to a decision, and how. Guarded by the lock of its {@link Telling}, which a wait gives up. */
final class Answers {
    private final ReentrantLock lock;
    /** Present once somebody had to wait. */
    private Optional<Condition> changed = Optional.empty();
    /** How many have answered at least once, be it with a failure. */
    private int answered;
    /** How many have done what they were told, or have settled it alone and forgotten that. */
    private int followed;

    Answers(ReentrantLock lock) {
        this.lock = lock;
    }

    void failed(Branch branch) {
        answered(branch);
    }

    private void answered(Branch branch) {
        answered += branch.answers() ? 1 : 0;
    }

    void followed(Branch branch) {
        answered(branch);
        followed += branch.follows() ? 1 : 0;
    }

    /** How many have answered. */
    int answered() {
        return answered;
    }

    /** How many have followed. */
    int followed() {
        return followed;
    }

    void changed() {
        changed.ifPresent(Condition::signalAll);
    }

    /** Waits until this holds; not longer than this, nor past an interrupt. Returns whether it does. */
    boolean await(BooleanSupplier condition, Duration timeout) {
        try {
            long left = TimeUnit.NANOSECONDS.convert(timeout);
            while (!condition.getAsBoolean() && left > 0) {
                Condition change = changed.orElseGet(lock::newCondition);
                changed = Optional.of(change);
                left = change.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            // The decision stands; only the waiting ends.
            Thread.currentThread().interrupt();
        }
        return condition.getAsBoolean();
    }
}
