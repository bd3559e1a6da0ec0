package dev.avow.protocol;

/** What happens to the nodes without being a step of the protocol: the spec's other actions, and why Java has no step for them. */
enum Environment {
    COORDINATOR_CRASH("CoordinatorCrash", "a crash asks nobody"),
    COORDINATOR_RECOVER("CoordinatorRecover", "a start, not a step: Coordinator.recovered and Coordinator.unknown"),
    COORDINATOR_TAKE_OVER("CoordinatorTakeOver", "a start, as above, while an earlier incarnation lives"),
    LOG_FLUSH("LogFlush", "the log does it by itself, after Effect.AppendEndRecord"),
    PARTICIPANT_FLUSH("ParticipantFlush", "the disk does it by itself, after Effect.AppendRecord"),
    PARTICIPANT_CRASH("ParticipantCrash", "a crash asks nobody"),
    PARTICIPANT_RECOVER("ParticipantRecover", "a start, not a step: Participant.recovered");

    private final String action;
    private final String reason;

    Environment(String action, String reason) {
        this.action = action;
        this.reason = reason;
    }

    /** The name of the spec's action. */
    String action() {
        return action;
    }

    /** Why Java has no step of this name. */
    String reason() {
        return reason;
    }
}
