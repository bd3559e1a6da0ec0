package dev.avow.protocol;

/** What travels between a coordinator and the participant of a branch: the spec's {@code Message}. */
public sealed interface Message {
    /** The number of the branch that sends or receives it. */
    int branch();

    record Prepare(int branch) implements Message {}

    record VoteOf(int branch, Vote vote) implements Message {}

    record Commit(int branch) implements Message {}

    record Abort(int branch) implements Message {}

    record Ack(int branch) implements Message {}

    record Inquiry(int branch) implements Message {}

    record OnePhase(int branch) implements Message {}

    record Ended(int branch, Ending ending) implements Message {}

    /** The participant decided alone, and the decision is the other one. */
    record Damage(int branch) implements Message {}

    /** The damage is reported: its evidence may be dropped. */
    record Forget(int branch) implements Message {}
}
