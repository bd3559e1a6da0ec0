package dev.avow.engine.run;

import dev.avow.engine.BranchEnding;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.TransactionId;

/** What a participant that settled its part alone is compared with. */
enum Decision {
    COMMIT("commit"),
    ABORT("abort"),
    /** The participant's own, as the only one: it agrees with itself, unless it has settled part of each. */
    ITS_OWN("commit");

    /** What the participant was asked for. */
    private final String asked;

    Decision(String asked) {
        this.asked = asked;
    }

    boolean agreesWith(BranchEnding ending) {
        return switch (ending) {
            case HEURISTIC_COMMITTED -> this != ABORT;
            case HEURISTIC_ABORTED -> this != COMMIT;
            case HEURISTIC_MIXED, HEURISTIC_HAZARD, COMMITTED, ABORTED, READ_ONLY, BEING_TOLD, UNKNOWN -> false;
        };
    }

    /** That this participant ended the transaction otherwise. */
    HeuristicRecord contradictedBy(BranchEnding ending, String participant, TransactionId id, String name) {
        String settled = switch (ending) {
            case HEURISTIC_COMMITTED -> "commit";
            case HEURISTIC_ABORTED -> "abort";
            case HEURISTIC_MIXED -> "mixed";
            case HEURISTIC_HAZARD -> "hazard";
            case COMMITTED, ABORTED, READ_ONLY, BEING_TOLD, UNKNOWN ->
                throw new IllegalArgumentException(ending + " isn't settled alone");
        };
        return new HeuristicRecord(id, name, participant, settled, asked);
    }
}
