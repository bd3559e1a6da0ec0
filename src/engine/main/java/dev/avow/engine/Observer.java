package dev.avow.engine;

import dev.avow.protocol.CoordinatorState;
import java.util.Optional;

/**
 * Sees each protocol step of a coordinator, under its name in the specification, after its effects are carried out. It is
 * called in the thread that took the step: a slow one slows its transaction down, and an exception from it is logged and
 * has no other consequence.
 */
@FunctionalInterface
public interface Observer {
    void observe(Step step);

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
