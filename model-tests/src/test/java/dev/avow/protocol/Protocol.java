package dev.avow.protocol;

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

    /** A coordinator's memory of the transaction, from the commit record that its log holds. */
    default Coordinator recovered(int branches, Optional<BranchSet> commitRecord) {
        return commitRecord
                .map(record -> Coordinator.recovered(branches, record))
                .orElseGet(() -> Coordinator.unknown(branches));
    }

    default Participant recovered(int branch, DiskRecord disk) {
        return Participant.recovered(branch, disk);
    }

    /** Whether a log that was last opened by one incarnation takes a record from another: the fence. */
    default boolean logTakes(int incarnation, int opened) {
        return incarnation == opened;
    }
}
