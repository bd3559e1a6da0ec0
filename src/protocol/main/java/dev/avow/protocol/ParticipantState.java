package dev.avow.protocol;

/**
 * Where one branch stands at its participant: the spec's {@code ParticipantState}.
 *
 * <pre>
 * WORKING  → PREPARED | READ_ONLY | ABORTED | COMMITTED (in one phase)
 * PREPARED → COMMITTED | ABORTED | HEURISTIC_COMMITTED | HEURISTIC_ABORTED
 * HEURISTIC_COMMITTED → COMMITTED | MIXED
 * HEURISTIC_ABORTED   → ABORTED | MIXED
 * DOWN     → what the durable record says; ABORTED where there is none
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
    /** Aborted; or never knew the work, or lost it in a crash. */
    ABORTED,
    /** Has voted readOnly and is out. */
    READ_ONLY,
    /** Has committed alone, while in doubt. */
    HEURISTIC_COMMITTED,
    /** Has aborted alone, while in doubt. */
    HEURISTIC_ABORTED,
    /** Has contradicted the decision, and that is reported. */
    MIXED
}
