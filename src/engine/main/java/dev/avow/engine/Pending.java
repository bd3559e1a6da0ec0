package dev.avow.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that a coordinator has still to do at a participant, as it stood at one moment. Immutable.
 *
 * @param task what it is
 * @param id the transaction; empty for {@link Task#LOOK}
 * @param name the user's own name for it; empty for {@link Task#LOOK}
 * @param participant who is to be told or asked; empty for {@link Task#DECIDE}
 * @param age how long this coordinator has known of it; {@link Duration#ZERO} where it doesn't count that
 * @param older whether it is older than that: an earlier start left it behind
 * @param since when an older one began, if an earlier start has written that down
 * @param attempts how often it was tried since this start
 * @param failure what the last attempt met, in words; empty while the first is under way
 * @param next when it is tried again, from that moment on; empty while an attempt is under way
 */
public record Pending(
        Task task,
        Optional<TransactionId> id,
        String name,
        String participant,
        Duration age,
        boolean older,
        Optional<Instant> since,
        int attempts,
        Optional<String> failure,
        Optional<Duration> next) {

    /** What is to be done. */
    public enum Task {
        /** The participant has to be told the commit. */
        COMMIT,
        /** The participant is in doubt about what no record speaks for, and has to abort it. */
        ABORT,
        /** The participant has to be asked what it is in doubt about. */
        LOOK,
        /** The log failed under the decision: whoever opens it next finds out which it is. */
        DECIDE
    }

    /** The same, begun at this time. */
    public Pending begun(Instant time) {
        return new Pending(task, id, name, participant, age, older, Optional.of(time), attempts, failure, next);
    }
}
