package dev.avow.protocol;

import static dev.avow.protocol.ParticipantState.ABORTED;
import static dev.avow.protocol.ParticipantState.COMMITTED;
import static dev.avow.protocol.ParticipantState.HEURISTIC_ABORTED;
import static dev.avow.protocol.ParticipantState.HEURISTIC_COMMITTED;
import static dev.avow.protocol.ParticipantState.MIXED;
import static dev.avow.protocol.ParticipantState.PREPARED;
import static dev.avow.protocol.ParticipantState.READ_ONLY;
import static dev.avow.protocol.ParticipantState.WORKING;

/**
 * A step of a participant: the spec's actions {@code Participant…}, under their names and in their order. A step that
 * answers a message stands for the receipt of that message.
 */
public sealed interface ParticipantStep {
    boolean isAllowedIn(Participant participant);

    Transition<Participant> takenIn(Participant participant);

    /** The name of the spec's action. */
    default String action() {
        return "Participant" + getClass().getSimpleName();
    }

    /** Aborts on its own, which it may until it votes yes: the work failed, or took too long. */
    record Refuse() implements ParticipantStep {
        @Override
        public boolean isAllowedIn(Participant participant) {
            // Not while in doubt: a yes vote is a promise to wait. (NoRegret)
            return participant.is(WORKING);
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            return Transition.to(participant.in(ABORTED));
        }
    }

    /** Makes the work durable, to be committed or aborted later. */
    record Prepare() implements ParticipantStep {
        @Override
        public boolean isAllowedIn(Participant participant) {
            // Only work that it holds: what a crash took can't be promised. (UnknownVotesNo)
            return participant.is(WORKING);
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            return Transition.to(
                    participant.in(PREPARED), new Effect.ForceRecord(participant.branch(), DiskRecord.PREPARED));
        }
    }

    /** Votes yes. */
    record VoteYes() implements ParticipantStep {
        @Override
        public boolean isAllowedIn(Participant participant) {
            // PREPARED is reached by Prepare alone, whose record was forced. (VoteDurable)
            return participant.is(PREPARED);
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            return Transition.to(participant, vote(participant, Vote.YES));
        }
    }

    /** Has nothing to commit or abort, and is out. */
    record VoteReadOnly() implements ParticipantStep {
        @Override
        public boolean isAllowedIn(Participant participant) {
            return participant.is(WORKING);
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            return Transition.to(participant.in(READ_ONLY), vote(participant, Vote.READ_ONLY));
        }
    }

    /** Answers a prepare for work that it doesn't hold. (UnknownVotesNo) */
    record VoteNo() implements ParticipantStep {
        @Override
        public boolean isAllowedIn(Participant participant) {
            return participant.holdsNothing();
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            return Transition.to(participant, vote(participant, Vote.NO));
        }
    }

    /** Commits. */
    record ReceiveCommit() implements ParticipantStep {
        @Override
        public boolean isAllowedIn(Participant participant) {
            return participant.is(PREPARED) || participant.is(HEURISTIC_COMMITTED);
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            // Forced before the acknowledgement may leave: the coordinator forgets after it. (ForgetAfterAcks)
            return Transition.to(
                    participant.in(COMMITTED), new Effect.ForceRecord(participant.branch(), DiskRecord.COMMITTED));
        }
    }

    /** Acknowledges a commit; also when it doesn't remember one, for then it has nothing in doubt. */
    record Ack() implements ParticipantStep {
        @Override
        public boolean isAllowedIn(Participant participant) {
            return participant.holdsNothing();
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            return Transition.to(participant, new Effect.Send(new Message.Ack(participant.branch())));
        }
    }

    /** Aborts. */
    record ReceiveAbort() implements ParticipantStep {
        @Override
        public boolean isAllowedIn(Participant participant) {
            return participant.is(WORKING) || participant.is(PREPARED) || participant.is(HEURISTIC_ABORTED);
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            // Written, not forced: after a crash the participant asks again and hears the same. (PresumedAbort)
            return participant.is(WORKING)
                    ? Transition.to(participant.in(ABORTED))
                    : Transition.to(
                            participant.in(ABORTED), new Effect.AppendRecord(participant.branch(), DiskRecord.ABORTED));
        }
    }

    /** Asks for the decision. */
    record Inquire() implements ParticipantStep {
        @Override
        public boolean isAllowedIn(Participant participant) {
            return participant.is(PREPARED) || participant.holdsHeuristic();
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            return Transition.to(participant, new Effect.Send(new Message.Inquiry(participant.branch())));
        }
    }

    /** Commits as the only participant, and decides thereby. */
    record CommitOnePhase() implements ParticipantStep {
        @Override
        public boolean isAllowedIn(Participant participant) {
            return participant.is(WORKING);
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            return Transition.to(
                    participant.in(COMMITTED),
                    new Effect.ForceRecord(participant.branch(), DiskRecord.COMMITTED),
                    ended(participant, Ending.COMMITTED));
        }
    }

    /** Has nothing to commit or abort as the only participant, and is out. */
    record ReadOnlyOnePhase() implements ParticipantStep {
        @Override
        public boolean isAllowedIn(Participant participant) {
            return participant.is(WORKING);
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            return Transition.to(participant.in(READ_ONLY), ended(participant, Ending.COMMITTED));
        }
    }

    /** Aborts as the only participant, and decides thereby. */
    record RefuseOnePhase() implements ParticipantStep {
        @Override
        public boolean isAllowedIn(Participant participant) {
            return participant.is(WORKING);
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            return Transition.to(participant.in(ABORTED), ended(participant, Ending.ABORTED));
        }
    }

    /** Work that it doesn't hold may have been committed and forgotten: it can't tell. */
    record UnknownOnePhase() implements ParticipantStep {
        @Override
        public boolean isAllowedIn(Participant participant) {
            return participant.holdsNothing() && !participant.is(MIXED);
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            return Transition.to(participant, ended(participant, Ending.UNKNOWN));
        }
    }

    /** Decides alone while in doubt: an operator's or a resource's doing, never the protocol's. */
    record DecideAlone(ParticipantState decided) implements ParticipantStep {
        public DecideAlone {
            if (decided != HEURISTIC_COMMITTED && decided != HEURISTIC_ABORTED) {
                throw new IllegalArgumentException("decided alone for " + decided
                        + ": only HEURISTIC_COMMITTED and HEURISTIC_ABORTED are decisions");
            }
        }

        @Override
        public boolean isAllowedIn(Participant participant) {
            return participant.is(PREPARED);
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            // Remembered, since it must be compared with the decision that is still to come. (HeuristicReported)
            DiskRecord disk =
                    decided == HEURISTIC_COMMITTED ? DiskRecord.HEURISTIC_COMMITTED : DiskRecord.HEURISTIC_ABORTED;
            return Transition.to(participant.in(decided), new Effect.ForceRecord(participant.branch(), disk));
        }
    }

    /** Reports that the decision is the opposite of its own. The evidence stays until a Forget. (HeuristicReported) */
    record ReportDamage(boolean commitReceived) implements ParticipantStep {
        @Override
        public boolean isAllowedIn(Participant participant) {
            return participant.is(commitReceived ? HEURISTIC_ABORTED : HEURISTIC_COMMITTED);
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            return Transition.to(participant, new Effect.Send(new Message.Damage(participant.branch())));
        }
    }

    /** Drops the evidence of a contradiction that is reported. */
    record ReceiveForget() implements ParticipantStep {
        @Override
        public boolean isAllowedIn(Participant participant) {
            return participant.holdsHeuristic();
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            return Transition.to(participant.in(MIXED), new Effect.ForceRecord(participant.branch(), DiskRecord.MIXED));
        }
    }

    /** Asks the other participants for the decision, while the coordinator is silent. */
    record AskPeers() implements ParticipantStep {
        @Override
        public boolean isAllowedIn(Participant participant) {
            return participant.is(PREPARED);
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            return Transition.to(participant, new Effect.Send(new Message.PeerInquiry(participant.branch())));
        }
    }

    /**
     * Tells another participant the decision. One that hasn't voted refuses first: its work can't be committed then.
     *
     * @param asking the branch that is in doubt
     */
    record AnswerPeer(int asking) implements ParticipantStep {
        @Override
        public boolean isAllowedIn(Participant participant) {
            // Only what it knows: one that is LOST may have voted readOnly, and the others commit. (PeersNeverPresume)
            return asking != participant.branch() && (participant.is(COMMITTED) || participant.is(ABORTED));
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            Ending ending = participant.is(COMMITTED) ? Ending.COMMITTED : Ending.ABORTED;
            return Transition.to(participant, new Effect.Send(new Message.PeerAnswer(asking, ending)));
        }
    }

    /** Hears the decision from another participant, and acts on it as if the coordinator had told it. */
    record ReceivePeerAnswer(Ending ending) implements ParticipantStep {
        public ReceivePeerAnswer {
            Message.PeerAnswer.requireDecision(ending);
        }

        @Override
        public boolean isAllowedIn(Participant participant) {
            return participant.is(PREPARED);
        }

        @Override
        public Transition<Participant> takenIn(Participant participant) {
            ParticipantStep received = ending == Ending.COMMITTED ? new ReceiveCommit() : new ReceiveAbort();
            return received.takenIn(participant);
        }
    }

    private static Effect vote(Participant participant, Vote vote) {
        return new Effect.Send(new Message.VoteOf(participant.branch(), vote));
    }

    private static Effect ended(Participant participant, Ending ending) {
        return new Effect.Send(new Message.Ended(participant.branch(), ending));
    }
}
