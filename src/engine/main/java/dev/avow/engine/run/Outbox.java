package dev.avow.engine.run;

import dev.avow.engine.Participant;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * The calls that a step has asked for. They are made after it, so that an answer finds the step taken; a branch has at
 * most one under way. Guarded by the lock of its {@link Telling}.
 */
final class Outbox {
    /** A call of a participant. */
    @FunctionalInterface
    interface Call {
        void make(Participant participant) throws Exception;
    }

    private final Consumer<Reply<Boolean>> answers;
    private final Departures departures;
    private final BitSet underWay = new BitSet();

    Outbox(Workers workers, Consumer<Reply<Boolean>> answers) {
        this.answers = answers;
        this.departures = new Departures(workers, Workers.Purpose.DECISION);
    }

    /** Adds this call, unless the branch has one under way. */
    void add(Branch branch, Call call) {
        if (underWay.get(branch.number())) {
            return;
        }
        underWay.set(branch.number());
        branch.attempted();
        departures.addAfterPrepare(
                branch,
                () -> {
                    call.make(branch.participant());
                    return true;
                },
                answers);
    }

    boolean isUnderWay(Branch branch) {
        return underWay.get(branch.number());
    }

    void answered(Branch branch) {
        underWay.clear(branch.number());
    }

    void empty() {
        departures.leave();
    }
}
