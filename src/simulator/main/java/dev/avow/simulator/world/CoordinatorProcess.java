package dev.avow.simulator.world;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.TransactionId;
import dev.avow.engine.log.FileDecisionLog;
import dev.avow.engine.run.Backoff;
import dev.avow.protocol.BranchSet;
import dev.avow.protocol.Coordinator;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Message;
import dev.avow.simulator.Flaw;
import dev.avow.simulator.Sight;
import dev.avow.simulator.disk.Mount;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One incarnation of a coordinator: the real log, and the transactions that it decides or tells. */
final class CoordinatorProcess {
    private static final Duration RETRY_FIRST = Duration.ofMillis(20);
    private static final Duration RETRY_MOST = Duration.ofSeconds(1);

    final World world;
    private final CoordinatorNode node;
    private final Mount mount;
    private final FileDecisionLog log;
    private final Backoff backoff;
    private final Map<TransactionId, CoordinatorRun> runs = new LinkedHashMap<>();
    private long sequence;

    CoordinatorProcess(World world, CoordinatorNode node, Mount mount, FileDecisionLog log) {
        this.world = world;
        this.node = node;
        this.mount = mount;
        this.log = log;
        this.backoff = new Backoff(RETRY_FIRST, RETRY_MOST, world.dice.retries);
    }

    Machine machine() {
        return node.machine();
    }

    Mount mount() {
        return mount;
    }

    FileDecisionLog log() {
        return log;
    }

    int lane() {
        return node.lane;
    }

    TransactionId nextId() {
        return TransactionId.of(log.coordinator(), log.incarnation(), ++sequence);
    }

    /** Runs this in the process later, if it still lives then. */
    void later(long delayNanos, Runnable body) {
        world.agenda.after(delayNanos, () -> node.run(this, body));
    }

    /** Runs this in the process after the pause that follows this many failures. */
    void retry(int failures, Runnable body) {
        later(backoff.after(failures).toNanos(), body);
    }

    CoordinatorRun begin(Truth truth, int[] members) {
        CoordinatorRun run = new CoordinatorRun(this, truth, members, Coordinator.working(members.length));
        runs.put(truth.id, run);
        return run;
    }

    void forget(CoordinatorRun run) {
        runs.remove(run.truth().id, run);
    }

    /** Takes up what an earlier incarnation has left unfinished. (CoordinatorRecover) */
    void recover() {
        List<CommitRecord> unfinished = log.unfinished();
        Set<TransactionId> ids = new HashSet<>();
        unfinished.forEach(commit -> ids.add(commit.id()));
        for (Truth truth : world.truths()) {
            // One that was overtaken while it opened knows nothing of what later ones have begun, and may say nothing.
            if (truth.coordinator == node.lane && isLaterThan(truth)) {
                see(truth, ids.contains(truth.id));
                world.judge.found(truth, ids.contains(truth.id));
            }
        }
        if (world.flaw != Flaw.ANSWERS_FROM_MEMORY_ONLY) {
            unfinished.forEach(this::resume);
        }
    }

    private void see(Truth truth, boolean unfinished) {
        if (unfinished && !truth.recorded) {
            world.recorder.saw(Sight.COMMIT_RECORD_FOUND_IN_A_TORN_TAIL);
        } else if (unfinished && truth.ended) {
            world.recorder.saw(Sight.END_RECORD_LOST_IN_A_CRASH);
        } else if (truth.attempted && !truth.recorded && !truth.presumed) {
            world.recorder.saw(Sight.COMMIT_RECORD_LOST_IN_A_CRASH);
        }
    }

    private void resume(CommitRecord commit) {
        int[] members = commit.participants().stream()
                .mapToInt(name -> Integer.parseInt(name.substring(1)))
                .toArray();
        if (world.flaw == Flaw.LOSES_THE_PARTICIPANT_LIST) {
            members = new int[] {members[0]};
        }
        Coordinator state = Coordinator.recovered(members.length, BranchSet.first(members.length));
        CoordinatorRun run = new CoordinatorRun(this, world.truth(commit.id()), members, state);
        runs.put(commit.id(), run);
        if (world.flaw != Flaw.NEVER_TELLS_WHAT_IT_RECOVERS) {
            run.tellCommit();
        }
    }

    void receive(Network.Letter letter) {
        node.run(this, () -> {
            world.recorder.arrived(letter.from(), node.lane, letter.truth(), letter.number(), letter.message());
            Optional<CoordinatorRun> known = Optional.ofNullable(runs.get(letter.truth().id));
            known.or(() -> presumed(letter)).ifPresent(run -> run.receive(letter.message()));
        });
    }

    /** What holds no record is aborted, if this incarnation may say so. (AnswerOnlyDecided, PresumedAbort) */
    private Optional<CoordinatorRun> presumed(Network.Letter letter) {
        boolean asks = letter.message() instanceof Message.Inquiry || letter.message() instanceof Message.Damage;
        if (!asks || letter.truth().id.incarnation() > log.incarnation()) {
            return Optional.empty();
        }
        int[] members = {letter.message().branch()};
        return Optional.of(new CoordinatorRun(this, letter.truth(), members, Coordinator.unknown(1)));
    }

    /** Whether a later incarnation than the one that began it speaks here. */
    boolean isLaterThan(Truth truth) {
        return log.incarnation() > truth.id.incarnation();
    }

    void seeCrash() {
        for (CoordinatorRun run : runs.values()) {
            if (run.truth().recorded && run.truth().toldCommit == 0) {
                world.recorder.saw(Sight.CRASH_BETWEEN_FORCE_AND_SEND);
            }
            if (run.isDeciding()) {
                run.truth().deciding = false;
            }
        }
    }

    /** Whoever waits for an answer loses the connection. */
    void answerUnknown() {
        runs.values().forEach(run -> world.judge.told(run.truth(), Ending.UNKNOWN));
    }

    void close() {
        log.close();
        mount.kill();
    }
}
