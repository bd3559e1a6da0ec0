package dev.avow.protocol;

import dev.avow.engine.log.DecisionBytes;
import dev.avow.engine.participant.ParticipantBytes;
import java.util.List;
import java.util.Optional;

/** What a {@link World} needs of a commit protocol. As it stands it is production's; {@link Broken} spoils one thing each. */
interface Protocol {
    Protocol PRODUCTION = new Protocol() {};

    default boolean allows(Coordinator coordinator, CoordinatorStep step) {
        return coordinator.allows(step);
    }

    default boolean allows(Participant participant, ParticipantStep step) {
        return participant.allows(step);
    }

    default Transition<Coordinator> taken(Coordinator coordinator, CoordinatorStep step) {
        return coordinator.step(step);
    }

    default Transition<Participant> taken(Participant participant, ParticipantStep step) {
        return participant.step(step);
    }

    /** A coordinator's memory of the transaction, from what its log holds. */
    default Coordinator recovered(int branches, Optional<BranchSet> commitRecord, BranchSet reported) {
        return commitRecord
                .map(record -> Coordinator.recovered(branches, record))
                .orElseGet(() -> Coordinator.unknown(branches))
                .withReports(reported);
    }

    /** The branches to be told of the commit, from the bytes that its records are in the log. */
    default Optional<BranchSet> unfinished(Optional<BranchSet> commit, boolean isEnded) {
        return DecisionBytes.unfinished(commit, isEnded);
    }

    /** A participant's memory of its branch, from the bytes that these records are in its log. */
    default Participant recovered(int branch, List<DiskRecord> records) {
        return Participant.recovered(branch, ParticipantBytes.recovered(records));
    }

    /** Whether a log that was last opened by one incarnation takes a record from another: the fence. */
    default boolean logTakes(int incarnation, int opened) {
        return incarnation == opened;
    }
}
