package dev.avow.grpc;

import dev.avow.engine.HeuristicException;
import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.engine.participant.PeerKnowledge;
import dev.avow.protocol.Ending;
import dev.avow.protocol.ParticipantState;
import dev.avow.protocol.ParticipantStep;
import dev.avow.protocol.Vote;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the participant for its branches, whoever has decided: the coordinator by its orders, or other participants by their
 * answers. What came of it is known from then on to those that ask. Safe for any number of threads.
 */
final class BranchCalls {
    private static final Logger LOG = LoggerFactory.getLogger(BranchCalls.class);

    private final Participant participant;
    private final OpenBranches branches;
    private final Clearing clearing;
    private final PeerKnowledge knowledge;
    private final Turns turns = new Turns();

    BranchCalls(Participant participant, OpenBranches branches, Clearing clearing, PeerKnowledge knowledge) {
        this.participant = participant;
        this.branches = branches;
        this.clearing = clearing;
        this.knowledge = knowledge;
    }

    Vote prepare(TransactionId id) throws Exception {
        OpenBranches.Found found = branches.ordered(id);
        return turns.in(id, Turns.Of.VOTE, () -> voted(id, found));
    }

    private Vote voted(TransactionId id, OpenBranches.Found found) throws Exception {
        if (isAborted(id, found)) {
            // The participant isn't even asked: what it made durable now would be found after a restart. (NoRegret)
            clearing.abort(id);
            return Vote.NO;
        }
        boolean promised = false;
        try {
            Vote vote = kept(id, participant.prepare(id));
            promised = vote != Vote.NO;
            return vote;
        } finally {
            boolean isRefused = !promised && knowledge.take(id, new ParticipantStep.Refuse());
            if (isRefused || (found == OpenBranches.Found.FIRST && !promised)) {
                // No yes has left, and the coordinator's abort, which is told once, may not come.
                clearing.abort(id);
            }
        }
    }

    private boolean isAborted(TransactionId id, OpenBranches.Found found) {
        return found == OpenBranches.Found.EXPIRED
                || knowledge.answer(id).filter(known -> known == Ending.ABORTED).isPresent();
    }

    /** A branch that an abort has overtaken while it was preparing isn't promised any more. */
    private Vote kept(TransactionId id, Vote vote) {
        boolean isKept = switch (vote) {
            case YES -> {
                // Work of which nothing is known here was enlisted by other means.
                knowledge.found(id);
                yield knowledge.take(id, new ParticipantStep.Prepare()) || knowledge.isInDoubt(id);
            }
            case READ_ONLY ->
                knowledge.take(id, new ParticipantStep.VoteReadOnly())
                        || knowledge.answer(id).isEmpty();
            case NO -> true;
        };
        if (isKept) {
            return vote;
        }
        clearing.abort(id);
        return Vote.NO;
    }

    /** What was aborted here is known to have been. */
    Ending commitOnePhase(TransactionId id) throws Exception {
        OpenBranches.Found found = branches.ordered(id);
        return turns.in(id, Turns.Of.VOTE, () -> isAborted(id, found) ? Ending.ABORTED : endedAlone(id));
    }

    private Ending endedAlone(TransactionId id) throws Exception {
        try {
            return participant.commitOnePhase(id);
        } finally {
            // It was alone: no other participant has a question.
            knowledge.lost(id);
        }
    }

    void commit(TransactionId id) throws Exception {
        decided(id, new ParticipantStep.ReceiveCommit(), () -> {
            participant.commit(id);
            return id;
        });
    }

    void abort(TransactionId id) throws Exception {
        decided(id, new ParticipantStep.ReceiveAbort(), () -> {
            participant.abort(id);
            return id;
        });
    }

    private void decided(TransactionId id, ParticipantStep step, Callable<TransactionId> call) throws Exception {
        var unused = branches.ordered(id);
        try {
            var unusedDone = turns.in(id, Turns.Of.DECISION, call);
            boolean unusedNews = knowledge.take(id, step);
        } catch (HeuristicException alone) {
            settledAlone(id, alone);
            throw alone;
        }
    }

    /** Its coordinator settles that; other participants can't. */
    private void settledAlone(TransactionId id, HeuristicException alone) {
        ParticipantState state = switch (alone.ending()) {
            case HEURISTIC_COMMITTED -> ParticipantState.HEURISTIC_COMMITTED;
            case HEURISTIC_ABORTED,
                    HEURISTIC_MIXED,
                    HEURISTIC_HAZARD,
                    COMMITTED,
                    ABORTED,
                    READ_ONLY,
                    BEING_TOLD,
                    UNKNOWN -> ParticipantState.HEURISTIC_ABORTED;
        };
        boolean unusedNews = knowledge.take(id, new ParticipantStep.DecideAlone(state));
    }

    void forget(TransactionId id) throws Exception {
        var unusedDone = turns.in(id, Turns.Of.DECISION, () -> {
            participant.forget(id);
            return id;
        });
        boolean unusedNews = knowledge.take(id, new ParticipantStep.ReceiveForget());
    }

    /** Another participant asks: one that hasn't voted aborts, so that it can say so. (ParticipantAnswerPeer) */
    Optional<Ending> askedByPeer(TransactionId id) throws Exception {
        // While its vote is under way it stays silent: that may be a yes already, on the disk.
        boolean isRefused = turns.unlessTaken(id, Turns.Of.VOTE, () -> knowledge.take(id, new ParticipantStep.Refuse()))
                .orElse(false);
        if (isRefused) {
            LOG.warn(
                    "{} is aborted at \"{}\", which hadn't voted: another participant is in doubt, and its coordinator silent",
                    id,
                    participant.name());
            branches.refused(id);
            clearing.abort(id);
        }
        return knowledge.answer(id);
    }

    /**
     * Another participant tells the decision. (ParticipantReceivePeerAnswer)
     *
     * @return whether it was news here
     */
    boolean hearFromPeer(TransactionId id, Ending ending) throws Exception {
        ParticipantStep step = new ParticipantStep.ReceivePeerAnswer(ending);
        try {
            // One that hangs, whoever has told it, holds one thread. (Termination)
            Optional<Boolean> news = turns.unlessTaken(id, Turns.Of.DECISION, () -> {
                if (!knowledge.isInDoubt(id)) {
                    return false;
                }
                if (ending == Ending.COMMITTED) {
                    participant.commit(id);
                } else {
                    participant.abort(id);
                }
                return knowledge.take(id, step);
            });
            return news.orElse(false);
        } catch (HeuristicException alone) {
            settledAlone(id, alone);
            throw alone;
        }
    }
}
