package dev.avow.cli.demo;

import dev.avow.cli.terminal.Complaints;
import dev.avow.engine.Outcome;
import java.util.Optional;

/**
 * What became of an order.
 *
 * @param refusal why the payment service refused it; empty if it didn't
 */
public record Placement(Outcome outcome, Optional<String> refusal) {
    public boolean isCommitted() {
        return outcome instanceof Outcome.Committed;
    }

    /** Whether it was aborted because the payment service wanted so, and for no other reason. */
    public boolean isRefused() {
        return outcome instanceof Outcome.Aborted && refusal.isPresent();
    }

    /** Whether it was aborted because a disk is full. */
    public boolean lackedSpace() {
        return outcome instanceof Outcome.Aborted aborted
                && aborted.cause().filter(Complaints::isNoSpace).isPresent();
    }

    /** The outcome as the end of a sentence that begins with the transaction. */
    public String words() {
        return words(outcome);
    }

    static String words(Outcome outcome) {
        if (outcome instanceof Outcome.Committed committed) {
            return committed.beingTold().isEmpty()
                    ? "committed"
                    : "committed; recovery has still to tell " + String.join(" and ", committed.beingTold());
        }
        if (outcome instanceof Outcome.Aborted aborted) {
            return "aborted: " + aborted.reason();
        }
        if (outcome instanceof Outcome.InDoubt inDoubt) {
            return "in doubt (" + inDoubt.id() + "): " + inDoubt.reason();
        }
        return "settled by a participant on its own (" + outcome.id() + "): see avow log";
    }
}
