package dev.avow.protocol;

import static dev.avow.protocol.ParticipantState.ABORTED;
import static dev.avow.protocol.ParticipantState.COMMITTED;
import static dev.avow.protocol.ParticipantState.HEURISTIC_ABORTED;
import static dev.avow.protocol.ParticipantState.HEURISTIC_COMMITTED;
import static dev.avow.protocol.ParticipantState.MIXED;
import static dev.avow.protocol.ParticipantState.PREPARED;
import static dev.avow.protocol.ParticipantState.READ_ONLY;
import static dev.avow.protocol.ParticipantState.WORKING;
import static dev.avow.protocol.Sight.Theme.CRASHES;
import static dev.avow.protocol.Sight.Theme.DECISIONS_ALONE;
import static dev.avow.protocol.Sight.Theme.ONE_PHASE;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** An interesting case, told by a move and the world before it. A property that never meets one shows nothing of it. */
enum Sight {
    COORDINATOR_CRASH_BETWEEN_FORCE_AND_SEND(
            CRASHES,
            coordinatorCrash((world, incarnation) ->
                    world.coordinator(incarnation).is(CoordinatorState.COMMITTING) && !isAnyToldToCommit(world))),
    COORDINATOR_CRASH_BETWEEN_FORCE_AND_REPLY(
            CRASHES, coordinator(CoordinatorStep.DecideCommit.class, (world, move) -> move.isCut())),
    PREPARE_SENT_TO_SOME_ONLY(CRASHES, coordinator(CoordinatorStep.SendPrepare.class, (world, move) -> move.isCut())),
    COMMIT_SENT_TO_SOME_ONLY(CRASHES, coordinator(CoordinatorStep.SendCommit.class, (world, move) -> move.isCut())),
    PARTICIPANT_CRASH_BETWEEN_FORCE_AND_VOTE(
            CRASHES, participantCrash((world, branch) -> branch.is(PREPARED) && !saidYes(world, branch.number()))),
    PARTICIPANT_CRASH_BETWEEN_FORCE_AND_ACK(
            CRASHES,
            participantCrash((world, branch) -> branch.is(COMMITTED)
                    && world.config.branches() > 1
                    && !world.wasSent(new Message.Ack(branch.number())))),
    ABORT_RECORD_LOST(CRASHES, participantCrash((world, branch) -> branch.isFlushPending())),
    COMMIT_ANSWERED_BY_A_LATER_INCARNATION(
            CRASHES,
            coordinator(
                    CoordinatorStep.Answer.class,
                    (world, move) ->
                            move.incarnation() > 1 && move.transition().next().is(CoordinatorState.COMMITTING))),
    ABORT_PRESUMED_BY_A_LATER_INCARNATION(
            CRASHES,
            coordinator(
                    CoordinatorStep.Answer.class,
                    (world, move) ->
                            move.incarnation() > 1 && move.transition().next().is(CoordinatorState.FORGOTTEN))),
    INQUIRY_WHILE_UNDECIDED(
            CRASHES,
            participant(
                    ParticipantStep.Inquire.class,
                    (world, move) -> world.latest().is(CoordinatorState.PREPARING))),
    TAKE_OVER_WHILE_PREPARING(
            CRASHES,
            event(Environment.COORDINATOR_TAKE_OVER, world -> world.latest().is(CoordinatorState.PREPARING))),
    TAKE_OVER_WHILE_COMMITTING(
            CRASHES,
            event(Environment.COORDINATOR_TAKE_OVER, world -> world.latest().is(CoordinatorState.COMMITTING))),
    COMMIT_RECORD_REFUSED(
            CRASHES,
            coordinator(CoordinatorStep.DecideCommit.class, (world, move) -> !world.log.takesFrom(move.incarnation()))),
    END_RECORD_REFUSED(
            CRASHES,
            coordinator(CoordinatorStep.Forget.class, (world, move) -> !world.log.takesFrom(move.incarnation()))),
    // Every Commit is under way already, so the second telling shows in the acknowledgement heard again.
    COMMIT_SENT_AGAIN_AFTER_AN_END_RECORD_WAS_LOST(
            CRASHES,
            coordinator(
                    CoordinatorStep.ReceiveAck.class,
                    (world, move) -> move.incarnation() > 1 && world.log.hasLostAnEnd())),
    PREPARE_REPEATED_AFTER_THE_ABORT(
            CRASHES,
            participant(
                    ParticipantStep.VoteNo.class,
                    (world, move) -> move.isIn(world, ABORTED) && saidYes(world, move.branch()))),
    PREPARE_REPEATED_AFTER_THE_COMMIT(
            CRASHES, participant(ParticipantStep.VoteNo.class, (world, move) -> move.isIn(world, COMMITTED))),
    PREPARE_REPEATED_AFTER_READ_ONLY(
            CRASHES, participant(ParticipantStep.VoteNo.class, (world, move) -> move.isIn(world, READ_ONLY))),
    NO_VOTE_RECEIVED(
            CRASHES,
            coordinator(
                    CoordinatorStep.ReceiveVote.class,
                    (world, move) -> !move.transition().next().no().isEmpty())),
    LATE_VOTE_AFTER_THE_ABORT(
            CRASHES,
            participant(
                    ParticipantStep.VoteYes.class,
                    (world, move) -> world.coordinator(1).is(CoordinatorState.ABORTED))),
    ABORT_BEFORE_PREPARE(
            CRASHES, participant(ParticipantStep.ReceiveAbort.class, (world, move) -> move.isIn(world, WORKING))),
    COMMIT_HEARD_FROM_A_PEER(CRASHES, peerAnswer(Ending.COMMITTED)),
    ABORT_HEARD_FROM_A_PEER(CRASHES, peerAnswer(Ending.ABORTED)),
    EVERYBODY_READ_ONLY(CRASHES, coordinator(CoordinatorStep.DecideReadOnly.class, (world, move) -> true)),
    COMMIT_WITHOUT_THE_READ_ONLY(
            CRASHES,
            coordinator(
                    CoordinatorStep.DecideCommit.class,
                    (world, move) -> !move.transition().next().readOnly().isEmpty())),

    COMMIT_CONTRADICTS_A_HEURISTIC_ABORT(
            DECISIONS_ALONE,
            participant(ParticipantStep.ReportDamage.class, (world, move) -> move.isIn(world, HEURISTIC_ABORTED))),
    ABORT_CONTRADICTS_A_HEURISTIC_COMMIT(
            DECISIONS_ALONE,
            participant(ParticipantStep.ReportDamage.class, (world, move) -> move.isIn(world, HEURISTIC_COMMITTED))),
    COMMIT_CONFIRMS_A_HEURISTIC_COMMIT(
            DECISIONS_ALONE,
            participant(ParticipantStep.ReceiveCommit.class, (world, move) -> move.isIn(world, HEURISTIC_COMMITTED))),
    ABORT_CONFIRMS_A_HEURISTIC_ABORT(
            DECISIONS_ALONE,
            participant(ParticipantStep.ReceiveAbort.class, (world, move) -> move.isIn(world, HEURISTIC_ABORTED))),
    DAMAGE_REPORTED_TO_A_LATER_INCARNATION(
            DECISIONS_ALONE, coordinator(CoordinatorStep.ReceiveDamage.class, (world, move) -> move.incarnation() > 1)),
    COORDINATOR_CRASH_BETWEEN_DAMAGE_AND_FORGET(
            DECISIONS_ALONE,
            coordinatorCrash((world, incarnation) -> world.branches().stream()
                    .anyMatch(branch -> world.wasSent(new Message.Damage(branch.number()))
                            && !world.wasSent(new Message.Forget(branch.number()))))),
    MIXED_BRANCH_ACKNOWLEDGES(
            DECISIONS_ALONE, participant(ParticipantStep.Ack.class, (world, move) -> move.isIn(world, MIXED))),

    ONE_PHASE_COMMITTED(ONE_PHASE, ended(Ending.COMMITTED)),
    ONE_PHASE_ABORTED(ONE_PHASE, ended(Ending.ABORTED)),
    ONE_PHASE_UNKNOWN(ONE_PHASE, ended(Ending.UNKNOWN)),
    ONE_PHASE_CRASH_BETWEEN_FORCE_AND_ENDED(
            ONE_PHASE, participant(ParticipantStep.CommitOnePhase.class, (world, move) -> move.isCut())),
    ONE_PHASE_GIVEN_UP(ONE_PHASE, coordinator(CoordinatorStep.GiveUpOnePhase.class, (world, move) -> true)),
    EVERYBODY_DOWN(
            ONE_PHASE,
            event(
                    Environment.COORDINATOR_RECOVER,
                    world -> world.branches().stream().allMatch(branch -> branch.is(ParticipantState.DOWN))));

    /** Which property must meet it. */
    enum Theme {
        CRASHES,
        DECISIONS_ALONE,
        ONE_PHASE
    }

    private static final List<Sight> ALL = List.of(values());

    private final Theme theme;

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas above hold no state
    private final BiPredicate<World, Move> isSeen;

    Sight(Theme theme, BiPredicate<World, Move> isSeen) {
        this.theme = theme;
        this.isSeen = isSeen;
    }

    static List<Sight> of(Theme theme) {
        return ALL.stream().filter(sight -> sight.theme == theme).toList();
    }

    static List<Sight> of(World world, Move move) {
        List<Sight> seen = new ArrayList<>();
        for (Sight sight : ALL) {
            if (sight.isSeen.test(world, move)) {
                seen.add(sight);
            }
        }
        return seen;
    }

    private static BiPredicate<World, Move> coordinator(
            Class<? extends CoordinatorStep> step, BiPredicate<World, Move.OfCoordinator> isSeen) {
        return (world, move) ->
                move instanceof Move.OfCoordinator taken && step.isInstance(taken.step()) && isSeen.test(world, taken);
    }

    private static BiPredicate<World, Move> participant(
            Class<? extends ParticipantStep> step, BiPredicate<World, Move.OfParticipant> isSeen) {
        return (world, move) ->
                move instanceof Move.OfParticipant taken && step.isInstance(taken.step()) && isSeen.test(world, taken);
    }

    private static BiPredicate<World, Move> peerAnswer(Ending ending) {
        return participant(
                ParticipantStep.ReceivePeerAnswer.class,
                (world, move) -> move.step().equals(new ParticipantStep.ReceivePeerAnswer(ending)));
    }

    private static BiPredicate<World, Move> ended(Ending ending) {
        return coordinator(
                CoordinatorStep.ReceiveEnded.class,
                (world, move) -> move.transition().effects().contains(new Effect.Tell(ending)));
    }

    private static BiPredicate<World, Move> event(Environment event, Predicate<World> isSeen) {
        return (world, move) ->
                move instanceof Move.OfEnvironment happened && happened.event() == event && isSeen.test(world);
    }

    private static BiPredicate<World, Move> coordinatorCrash(BiPredicate<World, Integer> isSeen) {
        return (world, move) -> (move instanceof Move.OfEnvironment happened
                        && happened.event() == Environment.COORDINATOR_CRASH
                        && isSeen.test(world, happened.node()))
                || (move instanceof Move.OfCoordinator taken
                        && taken.isCut()
                        && isSeen.test(world, taken.incarnation()));
    }

    private static BiPredicate<World, Move> participantCrash(BiPredicate<World, Branch> isSeen) {
        return (world, move) -> move instanceof Move.OfEnvironment happened
                && happened.event() == Environment.PARTICIPANT_CRASH
                && isSeen.test(world, world.branch(happened.node()));
    }

    private static boolean isAnyToldToCommit(World world) {
        return world.branches().stream().anyMatch(branch -> world.wasSent(new Message.Commit(branch.number())));
    }

    private static boolean saidYes(World world, int branch) {
        return world.wasSent(new Message.VoteOf(branch, Vote.YES));
    }
}
