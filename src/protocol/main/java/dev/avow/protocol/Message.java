package dev.avow.protocol;

/** What travels between a coordinator and the participants of its branches, and among these: the spec's {@code Message}. */
public sealed interface Message {
    /** The number of the branch that sends or receives it. */
    int branch();

    /** What a coordinator sends. */
    sealed interface ToParticipant extends Message {
        void receivedBy(ParticipantInbox inbox);
    }

    /** What a participant sends. */
    sealed interface ToCoordinator extends Message {}

    /** What participants send each other. */
    sealed interface ToPeer extends Message {}

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

    /** A participant in doubt asks all others. */
    record PeerInquiry(int branch) implements ToPeer {}

    /**
     * One that knows tells the one that asked. Who it was isn't said: all that know say the same.
     *
     * @param branch the one that asked
     * @param ending COMMITTED or ABORTED
     */
    record PeerAnswer(int branch, Ending ending) implements ToPeer {
        public PeerAnswer {
            requireDecision(ending);
        }

        static void requireDecision(Ending ending) {
            if (ending == Ending.UNKNOWN) {
                throw new IllegalArgumentException(
                        "an answer of UNKNOWN among participants: who doesn't know the decision stays silent");
            }
        }
    }
}
