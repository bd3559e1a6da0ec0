package dev.avow.engine.log;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.BranchSet;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** What one transaction leaves in the decision log, written and read by production's own code. */
public final class DecisionBytes {
    private static final TransactionId ID = TransactionId.of(1, 1, 1);
    private static final String NAME = "O001";

    private DecisionBytes() {}

    /**
     * The branches of the commit that a restarted coordinator finds unfinished.
     *
     * @param commit the branches of the commit record, if one was written
     * @param isEnded whether an end record was written after it
     */
    public static Optional<BranchSet> unfinished(Optional<BranchSet> commit, boolean isEnded) {
        DecisionState state = new DecisionState(1);
        commit.ifPresent(branches -> apply(state, DecisionRecords.commit(new CommitRecord(ID, NAME, names(branches)))));
        if (isEnded) {
            apply(state, DecisionRecords.end(ID));
        }
        return state.unfinished().stream().findFirst().map(DecisionBytes::branches);
    }

    private static void apply(DecisionState state, byte[] record) {
        state.apply(ByteBuffer.wrap(record).asReadOnlyBuffer());
    }

    private static List<String> names(BranchSet branches) {
        return branches.stream().mapToObj(Integer::toString).toList();
    }

    private static BranchSet branches(CommitRecord record) {
        return BranchSet.of(
                record.participants().stream().mapToInt(Integer::parseInt).toArray());
    }
}
