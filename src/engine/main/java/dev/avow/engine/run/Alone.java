package dev.avow.engine.run;

import dev.avow.engine.HeuristicException;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.TransactionId;

/** What participants settled alone, beside what was decided. Guarded by the lock of its {@link Telling}. */
final class Alone {
    private final Protocol protocol;
    private boolean onePhase;
    private boolean contradicted;

    Alone(Protocol protocol) {
        this.protocol = protocol;
    }

    /** The decision was the only participant's own. */
    void onePhase() {
        onePhase = true;
    }

    /** Notes it; returns whether it contradicts the decision. */
    boolean contradicts(Branch branch, HeuristicException heuristic) {
        branch.failed(heuristic);
        branch.ended(heuristic.ending());
        boolean agrees = decision().agreesWith(heuristic.ending());
        contradicted |= !agrees;
        return !agrees;
    }

    boolean isContradicted() {
        return contradicted;
    }

    /** Whether the evidence of a settling may go: there is nothing to report, or it is reported. (HeuristicReported) */
    boolean mayForget(Branch branch) {
        return decision().agreesWith(branch.ending())
                || protocol.state().reported().contains(branch.number());
    }

    HeuristicRecord report(Branch branch, TransactionId id, String name) {
        return decision().contradictedBy(branch.ending(), branch.name(), id, name);
    }

    private Decision decision() {
        return onePhase ? Decision.ITS_OWN : protocol.state().committing().isEmpty() ? Decision.ABORT : Decision.COMMIT;
    }
}
