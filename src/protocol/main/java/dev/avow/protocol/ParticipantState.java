package dev.avow.protocol;

/**
 * Where one branch stands at its participant: the spec's {@code ParticipantState}.
 *
 * <pre>
 * WORKING  → PREPARED | READ_ONLY | ABORTED | COMMITTED (in one phase)
 * PREPARED → COMMITTED | ABORTED | HEURISTIC_COMMITTED | HEURISTIC_ABORTED
 * HEURISTIC_COMMITTED → COMMITTED | MIXED
 * HEURISTIC_ABORTED   → ABORTED | MIXED
 * DOWN     → PREPARED | HEURISTIC_COMMITTED | HEURISTIC_ABORTED, if the durable record says so; else LOST
 * </pre>
 *
 * Every state may go DOWN by a crash.
 */
public enum ParticipantState {
    /** Crashed: takes no step. */
    DOWN,
    WORKING,
    /** In doubt: has voted yes or may do so. */
    PREPARED,
    COMMITTED,
    /** Has refused, or has heard the abort: it knows the decision. */
    ABORTED,
    /** Never knew the work, lost it in a crash, or has ended it in an earlier life: it knows nothing. */
    LOST,
    /** Has voted readOnly and is out. */
    READ_ONLY,
    /** Has committed alone, while in doubt. */
    HEURISTIC_COMMITTED,
    /** Has aborted alone, while in doubt. */
    HEURISTIC_ABORTED,
    /** Has contradicted the decision, and that is reported. */
    MIXED
}
