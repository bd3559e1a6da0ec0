package dev.avow.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The decision to commit, and all that a restarted coordinator needs to carry it out. Immutable.
 *
 * @param id the transaction
 * @param name the user's own name for it, such as "O001"; at most 65,535 bytes of UTF-8
 * @param participants those that voted yes and must hear of the commit, each once, at least one
 */
public record CommitRecord(TransactionId id, String name, List<String> participants) {

    private static final int MAX_PARTICIPANTS = 65_535;

    /** @throws IllegalArgumentException if a name is blank or too long, or a participant is missing or twice there */
    public CommitRecord {
        LoggedNames.require("transaction's name", name);
        participants = List.copyOf(participants);
        if (participants.isEmpty() || participants.size() > MAX_PARTICIPANTS) {
            throw new IllegalArgumentException(name + " (" + id + ") would commit with " + participants.size()
                    + " participants: a commit record names 1 to " + MAX_PARTICIPANTS);
        }
        for (String participant : participants) {
            LoggedNames.require("participant's name", participant);
        }
        requireDistinct(participants, name, id);
    }

    private static void requireDistinct(List<String> participants, String name, TransactionId id) {
        if (participants.size() == 2 && !participants.get(0).equals(participants.get(1))) {
            // As most transactions: no set for that.
            return;
        }
        Set<String> seen = new HashSet<>();
        for (String participant : participants) {
            if (!seen.add(participant)) {
                throw new IllegalArgumentException("participant \"" + participant + "\" stands twice in " + name + " ("
                        + id + "): give each its own name");
            }
        }
    }
}
