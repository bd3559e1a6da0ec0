package dev.avow.protocol;

/** What the caller of commit is told: the spec's {@code Ending}. */
public enum Ending {
    COMMITTED,
    ABORTED,
    /** Nobody here can say: a later incarnation, or the only participant, has decided or will. */
    UNKNOWN
}
