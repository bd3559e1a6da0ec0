package dev.avow.engine;

import dev.avow.protocol.CoordinatorState;
import java.util.Optional;

/**
 * Sees what a coordinator does: each protocol step under its name in the specification, after its effects are carried out,
 * and what lies around the steps. It is called in the thread that does it: a slow one slows its transaction down, and an
 * exception from it is logged and has no other consequence.
 */
@FunctionalInterface
public interface Observer {
    void observe(Step step);

    /** One that sees nothing, and so costs nothing. */
    static Observer none() {
        return BothObservers.NONE;
    }

    /** A transaction has begun, in the application's thread. */
    default void began(TransactionId id, String name) {}

    /** Someone is about to learn how a transaction has ended. Called once for each that began and whose end was asked for. */
    default void ended(Outcome outcome) {}

    /**
     * A participant is about to be called, in this thread.
     *
     * @param message what it is told, as the specification calls it: prepare, onePhase, commit, abort or forget
     * @return to be told when that call returns, or how it goes on
     */
    default Call calling(TransactionId id, String name, String participant, String message) {
        return failure -> {};
    }

    /** Both this and that one, in this order; each sees everything, also if the other fails. */
    default Observer andThen(Observer next) {
        return this == none() ? next : new BothObservers(this, next);
    }

    /** One call of a participant. */
    @FunctionalInterface
    interface Call {
        /**
         * It has returned, in the thread that made it; or, after {@link #left}, its answer has come, in a thread of the
         * coordinator's.
         *
         * @param failure what it threw, if it did
         */
        void returned(Optional<Throwable> failure);

        /**
         * Of an {@link AsyncParticipant} alone: it was called in this thread, which goes on to other things, and answers later.
         * What was bound to the thread is to be loosed.
         */
        default void left() {}
    }

    /**
     * One step, as it was taken.
     *
     * @param id the transaction
     * @param name the user's own name for it
     * @param action the action of spec/TwoPhaseCommit.tla, such as {@code CoordinatorDecideCommit}
     * @param participant whom the step concerns; empty where it concerns all
     * @param detail the vote or answer that it carries; else empty
     * @param state where the coordinator stands after it
     */
    record Step(
            TransactionId id,
            String name,
            String action,
            Optional<String> participant,
            String detail,
            CoordinatorState state) {}
}
