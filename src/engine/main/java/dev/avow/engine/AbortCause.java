package dev.avow.engine;

/** Why a transaction was aborted, for programs and counters; {@link Outcome.Aborted#reason} says it to people. */
public enum AbortCause {
    /** {@link Transaction#abort} or {@link Transaction#close}. */
    APPLICATION,
    /** A participant refused to commit, or failed when it was asked. */
    REFUSED,
    /** A vote didn't come in time. */
    VOTE_TIMEOUT,
    /** The application worked for too long. */
    WORK_TIMEOUT,
    /** The thread that asked for the commit was interrupted before the decision. */
    INTERRUPTED,
    /** The commit couldn't be recorded: the log is full, closed or has stopped. */
    LOG,
    /** The process had no thread left to call a participant. */
    NO_THREAD,
    /** The coordinator was closed. */
    CLOSED
}
