package dev.avow.engine.participant;

import dev.avow.engine.TransactionId;
import dev.avow.protocol.ParticipantState;
import dev.avow.protocol.ParticipantStep;

/** Sees each step of each branch under its spec name, when its effects are carried out. Called under the branch's lock. */
@FunctionalInterface
public interface BranchObserver {
    /** Looks at nothing. */
    BranchObserver NONE = (id, step, state) -> {};

    /**
     * Looks at a step.
     *
     * @param state where it has led
     */
    void stepped(TransactionId id, ParticipantStep step, ParticipantState state);
}
