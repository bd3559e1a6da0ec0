package dev.avow.protocol;

import static dev.avow.protocol.ParticipantState.ABORTED;
import static dev.avow.protocol.ParticipantState.COMMITTED;
import static dev.avow.protocol.ParticipantState.LOST;
import static dev.avow.protocol.ParticipantState.MIXED;
import static dev.avow.protocol.ParticipantState.PREPARED;
import static dev.avow.protocol.ParticipantState.READ_ONLY;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The rules, as the spec states them. Each holds after every step. */
enum Rule {
    AGREEMENT(
            "Agreement",
            "No two participants ever act on different decisions.",
            world -> !(acted(world, Branch.Acted.COMMIT) && acted(world, Branch.Acted.ABORT))),

    VOTE_DURABLE(
            "VoteDurable",
            "A yes vote leaves only after the prepared record is durable.",
            world -> saidYes(world).allMatch(branch -> branch.disk() != DiskRecord.NOTHING)),

    NO_REGRET(
            "NoRegret",
            "After a yes vote a participant never decides alone.",
            world -> saidYes(world)
                    .allMatch(branch -> (!branch.is(COMMITTED) || knowsOf(world, branch, Ending.COMMITTED))
                            && (!branch.is(ABORTED) || knowsOf(world, branch, Ending.ABORTED)))),

    DECISION_DURABLE(
            "DecisionDurable",
            "A commit leaves only after the commit record is durable.",
            world -> world.log.isCommitRecorded()
                    || world.branches().stream().noneMatch(branch -> isToldToCommit(world, branch))),

    PRESUMED_ABORT(
            "PresumedAbort",
            "No record means abort; nothing is forced for an abort.",
            world -> world.log.isCommitRecorded()
                    ? world.config.branches() == 1 || !world.wasTold(Ending.ABORTED)
                    : world.coordinators().stream().noneMatch(one -> one.is(CoordinatorState.COMMITTING))),

    ANSWER_ONLY_DECIDED(
            "AnswerOnlyDecided",
            "An inquiry about a live, undecided transaction gets no answer.",
            world -> !isDeciding(world.latest())
                    || world.branches().stream()
                            .noneMatch(branch -> isToldToCommit(world, branch) || isToldToAbort(world, branch))),

    PEERS_NEVER_PRESUME(
            "PeersNeverPresume",
            "A participant tells its peers what it knows to be decided, never the presumption.",
            world -> world.branches().stream()
                    .noneMatch(branch -> isAnswered(
                            world, branch, world.log.isCommitRecorded() ? Ending.ABORTED : Ending.COMMITTED))),

    FORGET_AFTER_ACKS(
            "ForgetAfterAcks",
            "A commit record is forgotten only after every participant has durably committed and said so.",
            world -> !world.log.isEnded()
                    || recorded(world)
                            .allMatch(branch ->
                                    (branch.disk() == DiskRecord.COMMITTED || branch.disk() == DiskRecord.MIXED)
                                            && world.wasSent(new Message.Ack(branch.number())))),

    UNKNOWN_VOTES_NO(
            "UnknownVotesNo",
            "A prepare, first or repeated, for work that the participant doesn't hold is answered no.",
            world -> world.branches().stream().allMatch(branch -> !branch.is(PREPARED) || branch.holdsWork())),

    FENCED(
            "Fenced",
            "What the last incarnation read in the log stays true: no earlier one has appended since.",
            world -> world.log.opened() == 1
                    || !world.latest().is(CoordinatorState.FORGOTTEN)
                    || world.log.recorded() != DecisionLog.Recorded.COMMIT
                    || world.log.isEndPending()),

    HEURISTIC_REPORTED(
            "HeuristicReported",
            "A contradicted decision of a participant alone is reported before anyone forgets it.",
            world -> world.branches().stream().allMatch(branch -> !branch.is(MIXED) || isReported(world, branch))
                    && (!world.log.isEnded()
                            || recorded(world)
                                    .allMatch(branch -> !hasAborted(branch.disk()) || isReported(world, branch)))),

    REPLY_TRUE(
            "ReplyTrue",
            "The caller is never told something that isn't so, and \"unknown\" when nobody can say.",
            world -> !(world.wasTold(Ending.COMMITTED) && acted(world, Branch.Acted.ABORT))
                    && !(world.wasTold(Ending.ABORTED) && acted(world, Branch.Acted.COMMIT))),

    TERMINATION(
            "Termination",
            "If every crashed node comes back, every participant learns the decision.",
            world -> !world.isAtRest() || isSettled(world));

    private final String specName;
    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas above hold no state
    private final Predicate<World> holds;

    Rule(String specName, String sentence, Predicate<World> holds) {
        this.specName = specName;
        this.sentence = sentence;
        this.holds = holds;
    }

    boolean holdsIn(World world) {
        return holds.test(world);
    }

    String specName() {
        return specName;
    }

    String sentence() {
        return sentence;
    }

    private static boolean isSettled(World world) {
        return world.branches().stream().allMatch(branch -> ENDS.contains(branch.state()))
                && world.log.recorded() != DecisionLog.Recorded.COMMIT
                && world.wasToldAnything();
    }

    private static final Set<ParticipantState> ENDS = Set.of(COMMITTED, ABORTED, LOST, READ_ONLY, MIXED);

    private static boolean isDeciding(Coordinator coordinator) {
        return coordinator.is(CoordinatorState.WORKING)
                || coordinator.is(CoordinatorState.PREPARING)
                || coordinator.is(CoordinatorState.ONE_PHASE);
    }

    private static boolean hasAborted(DiskRecord disk) {
        return disk == DiskRecord.HEURISTIC_ABORTED || disk == DiskRecord.MIXED || disk == DiskRecord.ABORTED;
    }

    private static boolean isReported(World world, Branch branch) {
        return world.isReported(branch.number());
    }

    private static boolean acted(World world, Branch.Acted acted) {
        return world.branches().stream().anyMatch(branch -> branch.acted() == acted);
    }

    private static Stream<Branch> saidYes(World world) {
        return world.branches().stream().filter(branch -> world.wasSent(new Message.VoteOf(branch.number(), Vote.YES)));
    }

    private static Stream<Branch> recorded(World world) {
        return world.log.participants().stream().mapToObj(world::branch);
    }

    private static boolean isAnswered(World world, Branch branch, Ending ending) {
        return world.wasSent(new Message.PeerAnswer(branch.number(), ending));
    }

    /** Whether the coordinator or another participant has told it so. */
    private static boolean knowsOf(World world, Branch branch, Ending ending) {
        boolean isTold = ending == Ending.COMMITTED ? isToldToCommit(world, branch) : isToldToAbort(world, branch);
        return isTold || isAnswered(world, branch, ending);
    }

    private static boolean isToldToCommit(World world, Branch branch) {
        return world.wasSent(new Message.Commit(branch.number()));
    }

    private static boolean isToldToAbort(World world, Branch branch) {
        return world.wasSent(new Message.Abort(branch.number()));
    }
}
