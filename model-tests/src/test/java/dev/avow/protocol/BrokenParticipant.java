package dev.avow.protocol;

import static dev.avow.protocol.ParticipantState.HEURISTIC_ABORTED;
import static dev.avow.protocol.ParticipantState.LOST;
import static dev.avow.protocol.ParticipantState.MIXED;
import static dev.avow.protocol.ParticipantState.PREPARED;
import static dev.avow.protocol.ParticipantState.WORKING;

/** Participants with one flaw each. */
enum BrokenParticipant implements Broken {
    VOTES_WITHOUT_A_RECORD(Flaw.of("2p0c", Rule.VOTE_DURABLE, 3)) {
        @Override
        public Transition<Participant> taken(Participant participant, ParticipantStep step) {
            Transition<Participant> transition = step.takenIn(participant);
            return step instanceof ParticipantStep.Prepare
                    ? Broken.without(Effect.ForceRecord.class, transition)
                    : transition;
        }
    },
    ABORTS_ALONE_IN_DOUBT(Flaw.of("2p0c", Rule.NO_REGRET, 4, Rule.AGREEMENT, Rule.REPLY_TRUE)) {
        @Override
        public boolean allows(Participant participant, ParticipantStep step) {
            return participant.allows(step) || (step instanceof ParticipantStep.Refuse && participant.is(PREPARED));
        }
    },
    VOTES_YES_FOR_UNKNOWN_WORK(Flaw.of("2p1c", Rule.UNKNOWN_VOTES_NO, 4, Rule.FORGET_AFTER_ACKS)) {
        @Override
        public boolean allows(Participant participant, ParticipantStep step) {
            return participant.allows(step) || (step instanceof ParticipantStep.Prepare && participant.is(LOST));
        }
    },
    ACKNOWLEDGES_WITHOUT_A_RECORD(Flaw.of("2p0c", Rule.FORGET_AFTER_ACKS, 16)) {
        @Override
        public Transition<Participant> taken(Participant participant, ParticipantStep step) {
            Transition<Participant> transition = step.takenIn(participant);
            return step instanceof ParticipantStep.ReceiveCommit
                    ? Broken.without(Effect.ForceRecord.class, transition)
                    : transition;
        }
    },
    ACKNOWLEDGES_WHAT_IT_CONTRADICTS(Flaw.of("2p0ca", Rule.HEURISTIC_REPORTED, 16, Rule.FORGET_AFTER_ACKS)) {
        @Override
        public boolean allows(Participant participant, ParticipantStep step) {
            return participant.allows(step)
                    || (step instanceof ParticipantStep.Ack && participant.is(HEURISTIC_ABORTED));
        }
    },
    HIDES_DAMAGE(Flaw.of("2p0ca", Rule.HEURISTIC_REPORTED, 5)) {
        @Override
        public Transition<Participant> taken(Participant participant, ParticipantStep step) {
            return step instanceof ParticipantStep.ReportDamage
                    ? new ParticipantStep.ReceiveForget().takenIn(participant)
                    : step.takenIn(participant);
        }
    },
    FORGETS_THAT_IT_DECIDED_ALONE(Flaw.of("2p1ca", Rule.UNKNOWN_VOTES_NO, 6)) {
        @Override
        public Transition<Participant> taken(Participant participant, ParticipantStep step) {
            Transition<Participant> transition = step.takenIn(participant);
            return step instanceof ParticipantStep.DecideAlone
                    ? Broken.without(Effect.ForceRecord.class, transition)
                    : transition;
        }
    },
    ANSWERS_UNKNOWN_WITH_ABORTED(Flaw.of("1p0c", Rule.REPLY_TRUE, 4)) {
        @Override
        public Transition<Participant> taken(Participant participant, ParticipantStep step) {
            return step instanceof ParticipantStep.UnknownOnePhase
                    ? Transition.to(
                            participant, new Effect.Send(new Message.Ended(participant.branch(), Ending.ABORTED)))
                    : step.takenIn(participant);
        }
    },
    PRESUMES_FOR_ITS_PEERS(Flaw.of("2p1crp", Rule.PEERS_NEVER_PRESUME, 12, Rule.REPLY_TRUE)) {
        @Override
        public boolean allows(Participant participant, ParticipantStep step) {
            return participant.allows(step)
                    || (step instanceof ParticipantStep.AnswerPeer answer
                            && participant.is(LOST)
                            && answer.asking() != participant.branch());
        }
    },
    ANSWERS_A_PEER_AND_VOTES_YES(Flaw.of("2p0cp", Rule.PEERS_NEVER_PRESUME, 12, Rule.REPLY_TRUE)) {
        @Override
        public boolean allows(Participant participant, ParticipantStep step) {
            return participant.allows(step)
                    || (step instanceof ParticipantStep.AnswerPeer answer
                            && participant.is(WORKING)
                            && answer.asking() != participant.branch());
        }
    },
    NEVER_ASKS(Flaw.of("2p1c", Rule.TERMINATION, 5)) {
        @Override
        public boolean allows(Participant participant, ParticipantStep step) {
            return participant.allows(step) && !(step instanceof ParticipantStep.Inquire);
        }
    },
    NEVER_ACKNOWLEDGES_A_MIXED_OUTCOME(Flaw.of("2p0ca", Rule.TERMINATION, 17)) {
        @Override
        public boolean allows(Participant participant, ParticipantStep step) {
            return participant.allows(step) && !(step instanceof ParticipantStep.Ack && participant.is(MIXED));
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // a record of constants
    private final Flaw flaw;

    BrokenParticipant(Flaw flaw) {
        this.flaw = flaw;
    }

    @Override
    public Flaw flaw() {
        return flaw;
    }
}
