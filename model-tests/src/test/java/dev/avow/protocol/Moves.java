package dev.avow.protocol;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that can happen next in a world, protocol steps first, in an order that depends on nothing but the world. */
final class Moves {
    private final World world;
    private final Map<Move.Band, List<Move>> byBand = new EnumMap<>(Move.Band.class);

    private Moves(World world) {
        this.world = world;
        for (Move.Band band : Move.Band.values()) {
            byBand.put(band, new ArrayList<>());
        }
    }

    static Moves in(World world) {
        Moves moves = new Moves(world);
        for (int incarnation = 1; incarnation <= world.coordinators().size(); incarnation++) {
            moves.addCoordinator(incarnation);
        }
        world.branches().forEach(moves::addBranch);
        // Last of the progress: a fair schedule asks only when nobody tells.
        world.branches().forEach(branch -> moves.step(branch, new ParticipantStep.Inquire()));
        if (world.config.mayAskPeers()) {
            world.branches().forEach(branch -> moves.step(branch, new ParticipantStep.AskPeers()));
        }
        moves.addOpening();
        if (world.log.isEndPending()) {
            moves.add(new Move.OfEnvironment(Environment.LOG_FLUSH, 0));
        }
        return moves;
    }

    List<Move> of(Move.Band band) {
        return byBand.getOrDefault(band, List.of());
    }

    /** Choices are smaller than this. Of 40 steps some 4 are faults while they may happen, and every third history has a timeout. */
    static final int CHOICES = 1024;

    static final int FIRST_FAULT = 920;
    static final int FIRST_TIMEOUT = 1016;

    /** The move that a choice stands for; none if nothing can happen. Small choices are progress. */
    Optional<Move> chosen(int choice) {
        List<Move> all = new ArrayList<>(of(bandOf(choice)));
        if (all.isEmpty()) {
            byBand.values().forEach(all::addAll);
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(choice % all.size()));
    }

    private static Move.Band bandOf(int choice) {
        if (choice < FIRST_FAULT) {
            return Move.Band.PROGRESS;
        }
        return choice < FIRST_TIMEOUT ? Move.Band.FAULT : Move.Band.TIMEOUT;
    }

    /** The next move of a fair schedule without faults; none when the world has come to rest. */
    Optional<Move> fair() {
        Move.Band first = world.config.patient() ? Move.Band.PROGRESS : Move.Band.TIMEOUT;
        Move.Band second = world.config.patient() ? Move.Band.TIMEOUT : Move.Band.PROGRESS;
        return of(first).stream().findFirst().or(() -> of(second).stream().findFirst());
    }

    private void addCoordinator(int incarnation) {
        if (world.isDown(incarnation)) {
            return;
        }
        step(incarnation, new CoordinatorStep.SendPrepare());
        step(incarnation, new CoordinatorStep.SendOnePhase());
        world.messages().forEach(message -> receive(incarnation, message));
        step(incarnation, new CoordinatorStep.DecideCommit());
        step(incarnation, new CoordinatorStep.DecideReadOnly());
        step(incarnation, new CoordinatorStep.SendCommit());
        step(incarnation, new CoordinatorStep.Forget());
        for (int branch = 0; branch < world.config.branches(); branch++) {
            step(incarnation, new CoordinatorStep.SendForget(branch));
        }
        step(incarnation, new CoordinatorStep.DecideAbort());
        step(incarnation, new CoordinatorStep.GiveUpOnePhase());
        if (world.mayCrash()) {
            add(new Move.OfEnvironment(Environment.COORDINATOR_CRASH, incarnation));
        }
    }

    private void receive(int incarnation, Message message) {
        if (message instanceof Message.VoteOf vote) {
            step(incarnation, new CoordinatorStep.ReceiveVote(vote.branch(), vote.vote()));
        } else if (message instanceof Message.Ack ack) {
            step(incarnation, new CoordinatorStep.ReceiveAck(ack.branch()));
        } else if (message instanceof Message.Inquiry inquiry) {
            step(incarnation, new CoordinatorStep.Answer(inquiry.branch()));
        } else if (message instanceof Message.Damage damage) {
            step(incarnation, new CoordinatorStep.ReceiveDamage(damage.branch()));
        } else if (message instanceof Message.Ended ended) {
            step(incarnation, new CoordinatorStep.ReceiveEnded(ended.branch(), ended.ending()));
        }
    }

    private void addBranch(Branch branch) {
        int number = branch.number();
        if (branch.is(ParticipantState.DOWN)) {
            add(new Move.OfEnvironment(Environment.PARTICIPANT_RECOVER, number));
            return;
        }
        for (Message message : world.messages()) {
            if (message instanceof Message.PeerInquiry inquiry) {
                step(branch, new ParticipantStep.AnswerPeer(inquiry.branch()));
            } else if (message.branch() == number) {
                receive(branch, message);
            }
        }
        if (branch.isFlushPending()) {
            add(new Move.OfEnvironment(Environment.PARTICIPANT_FLUSH, number));
        }
        step(branch, new ParticipantStep.Refuse());
        if (world.config.mayDecideAlone()) {
            step(branch, new ParticipantStep.DecideAlone(ParticipantState.HEURISTIC_COMMITTED));
            step(branch, new ParticipantStep.DecideAlone(ParticipantState.HEURISTIC_ABORTED));
        }
        if (world.mayCrash()) {
            add(new Move.OfEnvironment(Environment.PARTICIPANT_CRASH, number));
        }
    }

    private void receive(Branch branch, Message message) {
        if (message instanceof Message.Prepare) {
            step(branch, new ParticipantStep.Prepare());
            step(branch, new ParticipantStep.VoteYes());
            step(branch, new ParticipantStep.VoteNo());
            if (world.config.mayBeReadOnly()) {
                step(branch, new ParticipantStep.VoteReadOnly());
            }
        } else if (message instanceof Message.Commit) {
            step(branch, new ParticipantStep.ReceiveCommit());
            step(branch, new ParticipantStep.Ack());
            step(branch, new ParticipantStep.ReportDamage(true));
        } else if (message instanceof Message.Abort) {
            step(branch, new ParticipantStep.ReceiveAbort());
            step(branch, new ParticipantStep.ReportDamage(false));
        } else if (message instanceof Message.OnePhase) {
            step(branch, new ParticipantStep.CommitOnePhase());
            step(branch, new ParticipantStep.UnknownOnePhase());
            step(branch, new ParticipantStep.RefuseOnePhase());
            if (world.config.mayBeReadOnly()) {
                step(branch, new ParticipantStep.ReadOnlyOnePhase());
            }
        } else if (message instanceof Message.Forget) {
            step(branch, new ParticipantStep.ReceiveForget());
        } else if (message instanceof Message.PeerAnswer answer) {
            step(branch, new ParticipantStep.ReceivePeerAnswer(answer.ending()));
        }
    }

    private void addOpening() {
        int next = world.log.opened() + 1;
        // Also while an incarnation lives that was overtaken: whoever restarts can't know that.
        if (world.isDown(world.log.opened())) {
            add(new Move.OfEnvironment(Environment.COORDINATOR_RECOVER, next));
        } else if (world.config.mayTakeOver() && world.mayCrash()) {
            add(new Move.OfEnvironment(Environment.COORDINATOR_TAKE_OVER, next));
        }
    }

    private void step(int incarnation, CoordinatorStep step) {
        Coordinator coordinator = world.coordinator(incarnation);
        if (!world.protocol.allows(coordinator, step)) {
            return;
        }
        Transition<Coordinator> transition = world.protocol.taken(coordinator, step);
        if (changesNothing(coordinator, transition)) {
            return;
        }
        add(new Move.OfCoordinator(incarnation, step, transition));
        boolean canBeCut = world.mayCrash()
                && transition.effects().stream().noneMatch(effect -> world.isRefused(incarnation, effect));
        for (int done = 1; canBeCut && done < transition.effects().size(); done++) {
            add(new Move.OfCoordinator(incarnation, step, transition, done));
        }
    }

    private void step(Branch branch, ParticipantStep step) {
        if (!world.protocol.allows(branch.participant(), step)) {
            return;
        }
        Transition<Participant> transition = world.protocol.taken(branch.participant(), step);
        if (changesNothing(branch.participant(), transition)) {
            return;
        }
        add(new Move.OfParticipant(branch.number(), step, transition));
        for (int done = 1; world.mayCrash() && done < transition.effects().size(); done++) {
            add(new Move.OfParticipant(branch.number(), step, transition, done));
        }
    }

    /** A repetition, to which the world has become deaf: the same messages are under way already. */
    private <S> boolean changesNothing(S before, Transition<S> transition) {
        return transition.next().equals(before)
                && transition.effects().stream()
                        .allMatch(effect -> effect instanceof Effect.Send send && world.wasSent(send.message()));
    }

    private void add(Move move) {
        boolean isFault = move instanceof Move.OfParticipant step && isHeardAgain(step);
        of(isFault ? Move.Band.FAULT : move.band()).add(move);
    }

    /** Whether the network repeats a message that the participant has answered otherwise before. */
    private boolean isHeardAgain(Move.OfParticipant move) {
        int branch = move.branch();
        if (move.step() instanceof ParticipantStep.VoteNo) {
            return world.wasSent(new Message.VoteOf(branch, Vote.YES))
                    || world.wasSent(new Message.VoteOf(branch, Vote.READ_ONLY));
        }
        return move.step() instanceof ParticipantStep.UnknownOnePhase
                && (world.wasSent(new Message.Ended(branch, Ending.COMMITTED))
                        || world.wasSent(new Message.Ended(branch, Ending.ABORTED)));
    }
}
