package dev.avow.protocol;

/** What a participant's disk holds of a branch: the spec's {@code DiskRecord}. */
public enum DiskRecord {
    NOTHING,
    PREPARED,
    COMMITTED,
    ABORTED,
    HEURISTIC_COMMITTED,
    HEURISTIC_ABORTED,
    MIXED
}
