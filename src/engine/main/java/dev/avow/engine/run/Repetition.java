package dev.avow.engine.run;

import java.util.Optional;

/** When to try again what has failed. Guarded by the lock of its {@link Telling}. */
final class Repetition {
    /** Runs it after the pause that follows so many failures, and tells when that will be over. */
    @FunctionalInterface
    interface Later {
        long run(int failures, Runnable attempt);
    }

    private final Later later;
    private final Runnable attempt;
    private int failures;
    private boolean isPlanned;
    private long atNanos;

    Repetition(Later later, Runnable attempt) {
        this.later = later;
        this.attempt = attempt;
    }

    /** Plans one, unless one is planned: whatever fails until then is tried with it. */
    void plan() {
        if (!isPlanned) {
            atNanos = later.run(failures + 1, attempt);
            // Last: one that couldn't be planned must not keep the next from being so.
            isPlanned = true;
            failures++;
        }
    }

    /** When the planned one comes; empty if there is none. */
    Optional<Long> atNanos() {
        return isPlanned ? Optional.of(atNanos) : Optional.empty();
    }

    void begun() {
        isPlanned = false;
    }
}
