package dev.avow.protocol;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One transaction with its nodes, its log, its disks and its network: the spec's variables, driven by a {@link Protocol}.
 * It carries effects out one by one, so that a crash can fall between any two, and keeps the history that the rules need.
 *
 * <p>{@code messages} only grows: whatever was sent may arrive late, often, in any order or never.
 */
final class World {
    final Protocol protocol;
    final WorldConfig config;
    final DecisionLog log;

    /** The first incarnation stands at 0. */
    private final List<Coordinator> coordinators = new ArrayList<>();

    private final List<Branch> branches = new ArrayList<>();
    private final Set<Message> messages = new LinkedHashSet<>();
    private BranchSet reported = BranchSet.empty();
    private Optional<Ending> reply = Optional.empty();
    private int crashes;
    private boolean atRest;
    private final Hands hands = new Hands();

    World(Protocol protocol, WorldConfig config) {
        this.protocol = protocol;
        this.config = config;
        this.log = new DecisionLog(protocol);
        coordinators.add(Coordinator.working(config.branches()));
        for (int branch = 0; branch < config.branches(); branch++) {
            branches.add(new Branch(protocol, branch));
        }
    }

    /** A world of its own in the same state, without what it has seen. */
    World copy() {
        return new World(this);
    }

    private World(World origin) {
        this.protocol = origin.protocol;
        this.config = origin.config;
        this.log = origin.log.copy();
        coordinators.addAll(origin.coordinators);
        origin.branches.forEach(branch -> branches.add(branch.copy()));
        messages.addAll(origin.messages);
        this.reported = origin.reported;
        this.reply = origin.reply;
        this.crashes = origin.crashes;
    }

    /** One line of a transcript, put into words only when somebody reads it. */
    record Line(Move move, String remark) {
        @Override
        public String toString() {
            return move + remark;
        }
    }

    /** Lets a move happen. Returns what it came to: a decision, for example, to a refusal. */
    Line take(Move move) {
        if (move instanceof Move.OfCoordinator step) {
            return take(step);
        }
        if (move instanceof Move.OfParticipant step) {
            take(step);
        } else if (move instanceof Move.OfEnvironment event) {
            take(event);
        }
        return new Line(move, "");
    }

    private Line take(Move.OfCoordinator move) {
        int incarnation = move.incarnation();
        List<Effect> effects = move.transition().effects().subList(0, move.carriedOut());
        for (int done = 0; done < effects.size(); done++) {
            Effect effect = effects.get(done);
            if (!isRefused(incarnation, effect)) {
                effect.carriedOutBy(hands);
            } else {
                // Where an effect fails, that side takes no further step.
                return new Line(refuse(incarnation), done == 0 ? "" : ", after " + effects.subList(0, done));
            }
        }
        if (move.isCut()) {
            crashes++;
            crashCoordinator(incarnation);
        } else {
            set(incarnation, move.transition().next());
        }
        return new Line(move, "");
    }

    boolean isRefused(int incarnation, Effect effect) {
        boolean isAppend = effect instanceof Effect.ForceCommitRecord || effect instanceof Effect.AppendEndRecord;
        return isAppend && !log.takesFrom(incarnation);
    }

    private Move refuse(int incarnation) {
        CoordinatorStep refused = new CoordinatorStep.Refused();
        Transition<Coordinator> transition = protocol.taken(coordinator(incarnation), refused);
        transition.effects().forEach(effect -> effect.carriedOutBy(hands));
        set(incarnation, transition.next());
        return new Move.OfCoordinator(incarnation, refused, transition);
    }

    private void take(Move.OfParticipant move) {
        Branch branch = branches.get(move.branch());
        for (Effect effect : move.transition().effects().subList(0, move.carriedOut())) {
            effect.carriedOutBy(hands);
        }
        if (move.isCut()) {
            crashes++;
            branch.crash();
        } else {
            branch.enter(move.transition().next());
        }
    }

    private void take(Move.OfEnvironment move) {
        switch (move.event()) {
            case COORDINATOR_CRASH -> {
                crashes++;
                crashCoordinator(move.node());
            }
            case COORDINATOR_RECOVER -> open();
            case COORDINATOR_TAKE_OVER -> {
                crashes++;
                open();
            }
            case LOG_FLUSH -> log.flush();
            case PARTICIPANT_FLUSH -> branches.get(move.node()).flush();
            case PARTICIPANT_CRASH -> {
                crashes++;
                branches.get(move.node()).crash();
            }
            case PARTICIPANT_RECOVER -> branches.get(move.node()).recover();
        }
    }

    private void tell(Ending ending) {
        if (reply.isEmpty()) {
            reply = Optional.of(ending);
        }
    }

    private void crashCoordinator(int incarnation) {
        down(incarnation);
        log.crash(incarnation);
        // Whoever waits for an answer loses the connection.
        tell(Ending.UNKNOWN);
    }

    private void down(int incarnation) {
        set(incarnation, Coordinator.unknown(config.branches()).in(CoordinatorState.DOWN));
    }

    private void open() {
        log.openNext();
        coordinators.add(protocol.recovered(config.branches(), log.unfinished(), reported));
    }

    private void set(int incarnation, Coordinator coordinator) {
        coordinators.set(incarnation - 1, coordinator);
    }

    /** No fault happens from here on, and nothing else can. */
    void comeToRest() {
        atRest = true;
    }

    boolean isAtRest() {
        return atRest;
    }

    boolean mayCrash() {
        return crashes < config.maxCrashes();
    }

    Coordinator coordinator(int incarnation) {
        return coordinators.get(incarnation - 1);
    }

    /** The incarnation that opened the log last. */
    Coordinator latest() {
        return coordinator(log.opened());
    }

    List<Coordinator> coordinators() {
        return coordinators;
    }

    boolean isDown(int incarnation) {
        return coordinator(incarnation).is(CoordinatorState.DOWN);
    }

    Branch branch(int branch) {
        return branches.get(branch);
    }

    List<Branch> branches() {
        return branches;
    }

    boolean wasSent(Message message) {
        return messages.contains(message);
    }

    /** In the order in which they were sent first. */
    Set<Message> messages() {
        return messages;
    }

    boolean isReported(int branch) {
        return reported.contains(branch);
    }

    boolean wasTold(Ending ending) {
        return reply.filter(ending::equals).isPresent();
    }

    Optional<Ending> reply() {
        return reply;
    }

    BranchSet reported() {
        return reported;
    }

    int crashes() {
        return crashes;
    }

    boolean wasToldAnything() {
        return reply.isPresent();
    }

    private final class Hands implements Effect.Hands {
        @Override
        public void send(Message message) {
            messages.add(message);
        }

        @Override
        public void tell(Ending ending) {
            World.this.tell(ending);
        }

        @Override
        public void forceCommitRecord(BranchSet committing) {
            log.forceCommit(committing);
        }

        @Override
        public void appendEndRecord() {
            log.appendEnd();
        }

        @Override
        public void forceReport(int branch) {
            reported = reported.with(branch);
        }

        @Override
        public void forceRecord(int branch, DiskRecord disk) {
            branches.get(branch).force(disk);
        }

        @Override
        public void appendRecord(int branch, DiskRecord disk) {
            branches.get(branch).append(disk);
        }
    }
}
