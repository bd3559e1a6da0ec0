package dev.avow.engine;

/** In which threads a coordinator calls the participants that {@linkplain Participant#mayBlock() may block}. */
public enum Calling {
    /**
     * In threads of its own, side by side, up to 128 votes and 128 decisions of one participant at a time, and any number of
     * an {@link AsyncParticipant}'s, which need none: the slowest participant counts rather than their sum, and one that hangs
     * holds its callers no longer than their timeouts.
     */
    SIDE_BY_SIDE,

    /**
     * In the thread that commits or aborts, one after the other, as most transaction managers do: no hand-off between
     * threads, for participants that answer within microseconds. One that hangs holds its caller for as long, and nobody
     * else; a vote that comes after its time counts as none. What nobody waits for, such as recovery or the abort of a
     * timeout, goes side by side all the same.
     */
    ONE_BY_ONE
}
