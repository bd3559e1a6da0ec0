package dev.avow.engine.run;

/** When to try again what has failed. Guarded by the lock of its {@link Telling}. */
final class Repetition {
    private final Engine engine;
    private final Runnable attempt;
    private int failures;
    private boolean isPlanned;

    Repetition(Engine engine, Runnable attempt) {
        this.engine = engine;
        this.attempt = attempt;
    }

    /** Plans one, unless one is planned: whatever fails until then is tried with it. */
    void plan() {
        if (!isPlanned) {
            engine.later(failures + 1, attempt);
            // Last: one that couldn't be planned must not keep the next from being so.
            isPlanned = true;
            failures++;
        }
    }

    void begun() {
        isPlanned = false;
    }
}
