package dev.avow.engine.run;

/** When to try again what has failed. Guarded by the lock of its {@link Telling}. */
final class Repetition {
    /** Runs it after the pause that follows so many failures. */
    @FunctionalInterface
    interface Later {
        void run(int failures, Runnable attempt);
    }

    private final Later later;
    private final Runnable attempt;
    private int failures;
    private boolean isPlanned;

    Repetition(Later later, Runnable attempt) {
        this.later = later;
        this.attempt = attempt;
    }

    /** Plans one, unless one is planned: whatever fails until then is tried with it. */
    void plan() {
        if (!isPlanned) {
            later.run(failures + 1, attempt);
            // Last: one that couldn't be planned must not keep the next from being so.
            isPlanned = true;
            failures++;
        }
    }

    void begun() {
        isPlanned = false;
    }
}
