package dev.avow.engine.run;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * The calls that a step has asked for. They are made after it, so that an answer finds the step taken; a branch has at
 * most one under way. Guarded by the lock of its {@link Telling}.
 */
final class Outbox {
    private final Departures<Boolean> departures;

    Outbox(Workers workers, int branches, Consumer<Reply<Boolean>> answers) {
        this.departures = new Departures<>(workers, Workers.Purpose.DECISION, branches, answers);
    }

    /** Adds this call, unless the branch has one under way. */
    void add(Branch branch, Callable<Boolean> call) {
        if (!branch.isUnderWay()) {
            branch.attempted();
            departures.addAfterPrepare(branch, call);
        }
    }

    void empty() {
        departures.leave();
    }
}
