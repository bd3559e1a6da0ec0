package dev.avow.engine;

import java.util.Set;

/**
 * A participant decided alone, against or before the coordinator's decision. Kept until a person has settled it, so
 * that a mixed outcome is never hidden. (HeuristicReported) Immutable.
 *
 * @param id the transaction
 * @param name the user's own name for it
 * @param participant who decided alone
 * @param decided what it did: "commit", "abort", "mixed" (part of each) or "hazard" (it doesn't know)
 * @param decision what the coordinator had decided: "commit", "abort", or "unknown" where its log is older than the
 *     branch, which is in doubt all the same
 */
public record HeuristicRecord(TransactionId id, String name, String participant, String decided, String decision) {

    private static final Set<String> DECIDED = Set.of("commit", "abort", "mixed", "hazard");
    private static final Set<String> DECISIONS = Set.of("commit", "abort", "unknown");

    /** @throws IllegalArgumentException if a name is blank or too long, or a word isn't one of those above */
    public HeuristicRecord {
        LoggedNames.require("transaction's name", name);
        LoggedNames.require("participant's name", participant);
        if (!DECIDED.contains(decided)) {
            throw new IllegalArgumentException("participant \"" + participant + "\" decided \"" + decided + "\" in "
                    + name + ": use commit, abort, mixed or hazard");
        }
        if (!DECISIONS.contains(decision)) {
            throw new IllegalArgumentException(
                    "the decision on " + name + " was \"" + decision + "\": use commit, abort or unknown");
        }
    }
}
