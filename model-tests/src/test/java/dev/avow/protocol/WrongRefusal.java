package dev.avow.protocol;

import static dev.avow.protocol.CoordinatorState.COMMITTING;
import static dev.avow.protocol.CoordinatorState.PREPARING;
import static dev.avow.protocol.ParticipantState.ABORTED;
import static dev.avow.protocol.ParticipantState.WORKING;

/**
 * Protocols that wrongly refuse a legal step. No rule forbids that, and no trace shows it: only the comparison in the other
 * direction does.
 */
enum WrongRefusal implements Broken {
    REFUSES_A_LEGAL_ABORT("2p0c") {
        @Override
        public boolean allows(Coordinator coordinator, CoordinatorStep step) {
            return coordinator.allows(step)
                    && !(step instanceof CoordinatorStep.DecideAbort
                            && coordinator.is(PREPARING)
                            && coordinator.nobodyRefuses());
        }
    },
    ANSWERS_NOBODY_WHILE_COMMITTING("2p0c") {
        @Override
        public boolean allows(Coordinator coordinator, CoordinatorStep step) {
            return coordinator.allows(step) && !(step instanceof CoordinatorStep.Answer && coordinator.is(COMMITTING));
        }
    },
    IGNORES_AN_ABORT_BEFORE_ITS_VOTE("2p0c") {
        @Override
        public boolean allows(Participant participant, ParticipantStep step) {
            return participant.allows(step)
                    && !(step instanceof ParticipantStep.ReceiveAbort && participant.is(WORKING));
        }
    },
    KEEPS_THE_ABORT_FROM_ITS_PEERS("2p0cp") {
        @Override
        public boolean allows(Participant participant, ParticipantStep step) {
            return participant.allows(step) && !(step instanceof ParticipantStep.AnswerPeer && participant.is(ABORTED));
        }
    },
    NEVER_VOTES_READ_ONLY("2p0cr") {
        @Override
        public boolean allows(Participant participant, ParticipantStep step) {
            return participant.allows(step) && !(step instanceof ParticipantStep.VoteReadOnly);
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // a record of constants
    private final WorldConfig config;

    WrongRefusal(String config) {
        this.config = WorldConfig.parse(config);
    }

    WorldConfig config() {
        return config;
    }

    @Override
    public Flaw flaw() {
        throw new UnsupportedOperationException(this + " breaks no rule");
    }
}
