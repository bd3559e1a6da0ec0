package dev.avow.engine;

/** What a coordinator can say of a transaction whose caller has lost the reply. */
public enum Finding {
    /** Still at work or being decided. */
    RUNNING,
    COMMITTED,
    /** The decision is to commit, and some participants have still to be told. */
    COMMITTING,
    ABORTED,
    /**
     * A participant ended its part otherwise than decided, or nobody knows how, and nobody has settled that:
     * {@link Avow#heuristics} tells more. (HeuristicReported)
     */
    HEURISTIC,
    /**
     * There is no record of it. If it ever began: aborted, by presumption; or left to its only participant, which alone
     * knows; or ended so long ago that the log has forgotten it.
     */
    NO_RECORD
}
