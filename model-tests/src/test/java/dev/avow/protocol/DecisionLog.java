package dev.avow.protocol;

import java.util.Optional;

/** The log of decisions, shared by every incarnation of the coordinator: the spec's {@code log}. */
final class DecisionLog {
    enum Recorded {
        NONE,
        COMMIT,
        END
    }

    private final Protocol protocol;
    private Recorded recorded = Recorded.NONE;
    private BranchSet participants = BranchSet.empty();
    private boolean endPending;
    private int opened = 1;
    private boolean endLost;

    DecisionLog(Protocol protocol) {
        this.protocol = protocol;
    }

    DecisionLog copy() {
        DecisionLog copy = new DecisionLog(protocol);
        copy.recorded = recorded;
        copy.participants = participants;
        copy.endPending = endPending;
        copy.opened = opened;
        copy.endLost = endLost;
        return copy;
    }

    boolean takesFrom(int incarnation) {
        return protocol.logTakes(incarnation, opened);
    }

    void forceCommit(BranchSet committing) {
        recorded = Recorded.COMMIT;
        participants = committing;
    }

    void appendEnd() {
        endPending = true;
    }

    void flush() {
        if (endPending) {
            recorded = Recorded.END;
            endPending = false;
        }
    }

    /** What wasn't forced is gone if the incarnation that wrote it is. */
    void crash(int incarnation) {
        if (incarnation == opened) {
            losePending();
        }
    }

    int openNext() {
        losePending();
        opened++;
        return opened;
    }

    private void losePending() {
        endLost |= endPending;
        endPending = false;
    }

    /** What a later incarnation finds: the branches of an unfinished commit. */
    Optional<BranchSet> unfinished() {
        Optional<BranchSet> commit = recorded == Recorded.NONE ? Optional.empty() : Optional.of(participants);
        return protocol.unfinished(commit, recorded == Recorded.END);
    }

    Recorded recorded() {
        return recorded;
    }

    boolean isCommitRecorded() {
        return recorded != Recorded.NONE;
    }

    /** Whether the transaction is forgotten, or will be with the next flush. */
    boolean isEnded() {
        return endPending || recorded == Recorded.END;
    }

    boolean isEndPending() {
        return endPending;
    }

    /** Whether an end record was ever lost in a crash. */
    boolean hasLostAnEnd() {
        return endLost;
    }

    BranchSet participants() {
        return participants;
    }

    int opened() {
        return opened;
    }
}
