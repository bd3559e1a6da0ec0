package dev.avow.protocol;

/** A participant's answer to prepare: the spec's {@code Vote}. */
public enum Vote {
    /** The work is durable and can be committed or aborted, through any crash: the participant waits for the decision. */
    YES,
    /** There is nothing to commit or abort: the participant is out. */
    READ_ONLY,
    /** The participant has aborted, or doesn't hold the work. */
    NO
}
