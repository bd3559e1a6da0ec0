package dev.avow.protocol;

/** What travels between a coordinator and the participant of a branch: the spec's {@code Message}. */
public sealed interface Message {
    /** The number of the branch that sends or receives it. */
    int branch();

    /** What a coordinator sends. */
    sealed interface ToParticipant extends Message {
        void receivedBy(ParticipantInbox inbox);
    }

    /** What a participant sends. */
    sealed interface ToCoordinator extends Message {}

    /** Where a coordinator's messages arrive: one method for each kind. */
    interface ParticipantInbox {
        void prepare(int branch);

        void commit(int branch);

        void abort(int branch);

        void onePhase(int branch);

        void forget(int branch);
    }

    record Prepare(int branch) implements ToParticipant {
        @Override
        public void receivedBy(ParticipantInbox inbox) {
            inbox.prepare(branch);
        }
    }

    record Commit(int branch) implements ToParticipant {
        @Override
        public void receivedBy(ParticipantInbox inbox) {
            inbox.commit(branch);
        }
    }

    record Abort(int branch) implements ToParticipant {
        @Override
        public void receivedBy(ParticipantInbox inbox) {
            inbox.abort(branch);
        }
    }

    record OnePhase(int branch) implements ToParticipant {
        @Override
        public void receivedBy(ParticipantInbox inbox) {
            inbox.onePhase(branch);
        }
    }

    /** The damage is reported: its evidence may be dropped. */
    record Forget(int branch) implements ToParticipant {
        @Override
        public void receivedBy(ParticipantInbox inbox) {
            inbox.forget(branch);
        }
    }

    record VoteOf(int branch, Vote vote) implements ToCoordinator {}

    record Ack(int branch) implements ToCoordinator {}

    record Inquiry(int branch) implements ToCoordinator {}

    record Ended(int branch, Ending ending) implements ToCoordinator {}

    /** The participant decided alone, and the decision is the other one. */
    record Damage(int branch) implements ToCoordinator {}
}
