package dev.avow.protocol;

/**
 * Where the coordinator of one transaction stands: the spec's {@code CoordinatorState}.
 *
 * <pre>
 * WORKING    → PREPARING | ONE_PHASE | ABORTED
 * PREPARING  → COMMITTING | ABORTED | FORGOTTEN (everyone readOnly) | DOWN (refused by the log)
 * ONE_PHASE  → FORGOTTEN
 * COMMITTING → FORGOTTEN
 * DOWN       → COMMITTING (a commit record was found) | FORGOTTEN (none was)
 * </pre>
 *
 * Every state may go DOWN by a crash.
 */
public enum CoordinatorState {
    /** Crashed, refused by the log, or not opened yet: takes no step. */
    DOWN,
    /** The application still works. */
    WORKING,
    /** Collects votes. */
    PREPARING,
    /** Has handed the decision to the only participant. */
    ONE_PHASE,
    /** The commit record is durable; acknowledgements are missing. */
    COMMITTING,
    /** Has decided to abort. */
    ABORTED,
    /** Holds no record: presumed abort answers for it. */
    FORGOTTEN
}
