package dev.avow.engine;

import dev.avow.protocol.Vote;
import java.util.Optional;

/**
 * What one participant voted and how its part ended. Immutable.
 *
 * @param participant its name
 * @param vote empty where it wasn't asked or its answer didn't arrive
 * @param ending how its part ended
 * @param failure the exception that it answered with last
 */
public record BranchOutcome(String participant, Optional<Vote> vote, BranchEnding ending, Optional<Exception> failure) {

    @Override
    public String toString() {
        return participant
                + ": "
                + vote.map(cast -> "voted " + cast + ", ").orElse("")
                + ending
                + failure.map(cause -> " (" + cause + ")").orElse("");
    }
}
