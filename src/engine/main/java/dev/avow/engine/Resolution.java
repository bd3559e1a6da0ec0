package dev.avow.engine;

import dev.avow.engine.RememberedOutcome.Ending;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a person has decided about one participant's part, where the protocol couldn't go on by itself: a contradiction is
 * settled, or a participant that can't be told any more needn't be. It stays in the log for good, as evidence, and since a
 * participant that comes back after all must hear the same. Immutable.
 *
 * @param id the transaction
 * @param name the user's own name for it
 * @param participant whose part it is
 * @param decision what holds for that part from now on
 * @param forced whether it may contradict what was durably decided; in the log: whether it does
 * @param who the person, such as the name of an account
 * @param when the time, to the millisecond; the log takes no time of its own
 * @param why the reason, in words
 */
public record Resolution(
        TransactionId id,
        String name,
        String participant,
        Ending decision,
        boolean forced,
        String who,
        Instant when,
        String why) {

    /** @throws IllegalArgumentException if a text is blank or longer than 65,535 bytes of UTF-8 */
    public Resolution {
        LoggedNames.require("transaction's name", name);
        LoggedNames.require("participant's name", participant);
        LoggedNames.require("name of who resolves " + name, who);
        LoggedNames.require("reason for resolving " + name, why);
        when = when.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The same, with this in place of {@link #forced}. */
    public Resolution withForced(boolean contradicts) {
        return new Resolution(id, name, participant, decision, contradicts, who, when, why);
    }
}
