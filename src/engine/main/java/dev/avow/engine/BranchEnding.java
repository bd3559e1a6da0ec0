package dev.avow.engine;

/** How one participant's part of a transaction ended, as far as the coordinator has heard. */
public enum BranchEnding {
    COMMITTED,
    ABORTED,
    /** Had nothing to commit or abort. */
    READ_ONLY,
    /** Has still to be told the decision: recovery does so until it is done. */
    BEING_TOLD,
    /** Nobody here can say. */
    UNKNOWN,
    HEURISTIC_COMMITTED,
    HEURISTIC_ABORTED,
    /** Some of the branch's work was committed and some aborted. */
    HEURISTIC_MIXED,
    /** The resource can't say what became of the work. */
    HEURISTIC_HAZARD;

    public boolean isHeuristic() {
        return compareTo(HEURISTIC_COMMITTED) >= 0;
    }
}
