package dev.avow.simulator.world;

import static dev.avow.simulator.world.Truth.has;
import static dev.avow.simulator.world.Truth.with;
import static dev.avow.simulator.world.Truth.without;

import dev.avow.engine.TransactionId;
import dev.avow.engine.participant.BranchObserver;
import dev.avow.protocol.Message;
import dev.avow.protocol.ParticipantState;
import dev.avow.protocol.ParticipantStep;
import dev.avow.simulator.Rule;
import dev.avow.simulator.Sight;
import dev.avow.simulator.disk.Mount;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells the judge what a participant really does, by each step of its runtime and by what its disk holds. */
final class Witness {
    private static final Map<ParticipantState, String> FORCED = Map.of(
            ParticipantState.PREPARED, "prepared record",
            ParticipantState.COMMITTED, "committed record",
            ParticipantState.HEURISTIC_COMMITTED, "commit, decided alone",
            ParticipantState.HEURISTIC_ABORTED, "abort, decided alone",
            ParticipantState.MIXED, "mixed record");

    private final World world;
    private final ParticipantNode node;

    Witness(World world, ParticipantNode node) {
        this.world = world;
        this.node = node;
    }

    BranchObserver of(Mount mount, Ledger ledger) {
        return (id, step, state) -> stepped(world.truth(id), step, state, mount, ledger);
    }

    private void stepped(Truth truth, ParticipantStep step, ParticipantState state, Mount mount, Ledger ledger) {
        node.peers().stepped(truth, step);
        int member = node.member;
        recordForce(truth, step, state);
        world.recorder.stepped(node.lane, truth, step, "Participant", state);
        boolean durable = mount.isDurable();
        switch (state) {
            case PREPARED -> {
                if (step instanceof ParticipantStep.Prepare) {
                    world.judge.prepared(truth, member, durable);
                }
            }
            case COMMITTED -> {
                if (!(step instanceof ParticipantStep.Ack)) {
                    world.judge.committed(truth, member, durable);
                    seeOnePhase(step);
                }
            }
            case ABORTED -> {
                if (isAbort(step)) {
                    world.judge.aborted(truth, member);
                }
            }
            case READ_ONLY -> {
                if (step instanceof ParticipantStep.VoteReadOnly || step instanceof ParticipantStep.ReadOnlyOnePhase) {
                    world.recorder.saw(Sight.READ_ONLY_DROPS_OUT);
                    truth.working = without(truth.working, member);
                    truth.readOnly = with(truth.readOnly, member);
                }
            }
            case HEURISTIC_COMMITTED -> truth.committedAlone = with(truth.committedAlone, member);
            case HEURISTIC_ABORTED -> truth.abortedAlone = with(truth.abortedAlone, member);
            case MIXED -> world.judge.mixed(truth, member);
            case DOWN, WORKING, LOST -> {}
        }
        if (ledger.hasAppliedTwice()) {
            world.judge.broken(Rule.AGREEMENT, node.lane, Optional.of(truth), "the same work was committed twice");
        }
    }

    private void recordForce(Truth truth, ParticipantStep step, ParticipantState state) {
        if (step instanceof ParticipantStep.Prepare
                || step instanceof ParticipantStep.ReceiveCommit
                || (step instanceof ParticipantStep.ReceivePeerAnswer && state == ParticipantState.COMMITTED)
                || step instanceof ParticipantStep.CommitOnePhase
                || step instanceof ParticipantStep.DecideAlone
                || step instanceof ParticipantStep.ReceiveForget) {
            world.recorder.forced(node.lane, truth, FORCED.getOrDefault(state, "record"));
        }
    }

    private void seeOnePhase(ParticipantStep step) {
        if (step instanceof ParticipantStep.CommitOnePhase) {
            world.recorder.saw(Sight.ONE_PHASE_COMMITTED);
        }
    }

    private static boolean isAbort(ParticipantStep step) {
        return step instanceof ParticipantStep.Refuse
                || step instanceof ParticipantStep.ReceiveAbort
                || step instanceof ParticipantStep.ReceivePeerAnswer
                || step instanceof ParticipantStep.RefuseOnePhase;
    }

    void prepareArrives(Truth truth) {
        if (has(truth.actedCommit | truth.actedAbort, node.member)) {
            world.recorder.saw(Sight.PREPARE_REPEATED_AFTER_THE_END);
        }
    }

    void sends(Truth truth, Message message, Mount mount) {
        if (message instanceof Message.VoteOf vote) {
            world.judge.sends(truth, node.member, vote.vote(), mount.isDurable());
        } else if (message instanceof Message.Ack) {
            truth.saidAck = with(truth.saidAck, node.member);
        }
    }

    /** Compares what a restart finds with what was durable before, and takes in what a crash left open. */
    void recovered(Ledger ledger, Collection<TransactionId> inDoubt) {
        Set<TransactionId> doubted = Set.copyOf(inDoubt);
        for (Truth truth : world.truths()) {
            if (has(truth.members, node.member)) {
                recovered(truth, ledger, doubted.contains(truth.id));
            }
        }
    }

    private void recovered(Truth truth, Ledger ledger, boolean inDoubt) {
        int member = node.member;
        boolean applied = ledger.hasApplied(truth);
        if (has(truth.actedCommit & truth.toldCommit & ~truth.saidAck, member)) {
            world.recorder.saw(Sight.CRASH_BETWEEN_FORCE_AND_ACK);
        }
        if (inDoubt) {
            recoveredInDoubt(truth, ledger, applied);
        } else if (applied && !has(truth.actedCommit | truth.committedAlone, member)) {
            // The crash fell between the force and the step.
            world.judge.committed(truth, member, true);
        } else if (has(truth.working, member)) {
            world.judge.aborted(truth, member);
        } else {
            recoveredEnded(truth);
        }
        if (applied) {
            truth.committedDurably |= truth.actedCommit & 1 << member;
        }
        boolean lost = has(truth.prepared, member)
                && !inDoubt
                && !applied
                && !has(truth.actedAbort | truth.abortedAlone, member);
        world.judge.require(!lost, Rule.VOTE_DURABLE, node.lane, truth, "its prepared record is gone");
        boolean undone = has(truth.actedCommit, member) && !applied && !has(truth.abortedAlone, member);
        world.judge.require(!undone, Rule.FORGET_AFTER_ACKS, node.lane, truth, "what it had committed is gone");
    }

    /** The crash fell between the force that ended a decision alone and its step. */
    private void recoveredEnded(Truth truth) {
        int member = node.member;
        boolean open = !has(truth.actedCommit | truth.actedAbort | truth.mixed, member);
        if (open && has(truth.committedAlone & truth.toldCommit, member)) {
            world.judge.committed(truth, member, true);
        } else if (open && has(truth.committedAlone | truth.abortedAlone, member)) {
            world.judge.mixed(truth, member);
        }
    }

    private void recoveredInDoubt(Truth truth, Ledger ledger, boolean applied) {
        int member = node.member;
        if (ledger.holds(truth.id)) {
            world.recorder.saw(Sight.IN_DOUBT_AFTER_RESTART);
            if (!has(truth.saidYes, member)) {
                world.recorder.saw(Sight.CRASH_BETWEEN_FORCE_AND_VOTE);
            }
            if (has(truth.actedAbort, member)) {
                world.recorder.saw(Sight.ABORT_RECORD_LOST_IN_A_CRASH);
            }
            truth.working = without(truth.working, member);
            truth.prepared = with(truth.prepared, member);
        } else if (applied) {
            truth.committedAlone = with(truth.committedAlone, member);
        } else {
            truth.abortedAlone = with(truth.abortedAlone, member);
        }
    }
}
