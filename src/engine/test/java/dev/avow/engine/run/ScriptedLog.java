package dev.avow.engine.run;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.Resolution;
import dev.avow.engine.TransactionId;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A real log whose appends happen as told. Each that has returned stands in the world's journal. */
public final class ScriptedLog implements DecisionLog {
    /** How one kind of append happens, given the real one. */
    @FunctionalInterface
    public interface Script {
        void append(Runnable really);
    }

    private final DecisionLog log;
    private final World world;
    private final Queue<CommitRecord> commits = new ConcurrentLinkedQueue<>();
    private volatile Runnable beforeId = () -> {};
    private volatile Script commit = Runnable::run;
    private volatile Script end = Runnable::run;
    private volatile Script aborted = Runnable::run;
    private volatile Script heuristic = Runnable::run;

    ScriptedLog(DecisionLog log, World world) {
        this.log = log;
        this.world = world;
    }

    /** Runs this when the id of a transaction is made. */
    public ScriptedLog beforeId(Runnable hook) {
        beforeId = hook;
        return this;
    }

    public ScriptedLog onCommit(Script script) {
        commit = script;
        return this;
    }

    public ScriptedLog onEnd(Script script) {
        end = script;
        return this;
    }

    public ScriptedLog onAborted(Script script) {
        aborted = script;
        return this;
    }

    public ScriptedLog onHeuristic(Script script) {
        heuristic = script;
        return this;
    }

    /** Fails with these, one after the other, and then no more. */
    public static Script failingWith(RuntimeException... failures) {
        Queue<RuntimeException> left = new ConcurrentLinkedQueue<>(List.of(failures));
        return really -> {
            Optional<RuntimeException> failure = Optional.ofNullable(left.poll());
            if (failure.isPresent()) {
                throw failure.get();
            }
            really.run();
        };
    }

    /** The commit records that are durable. */
    public List<CommitRecord> commits() {
        return List.copyOf(commits);
    }

    @Override
    public long coordinator() {
        return log.coordinator();
    }

    @Override
    public int incarnation() {
        beforeId.run();
        return log.incarnation();
    }

    @Override
    public void appendCommit(CommitRecord record) {
        commit.append(() -> {
            log.appendCommit(record);
            commits.add(record);
            world.happened("log.commit");
        });
    }

    @Override
    public void appendEnd(TransactionId id) {
        end.append(() -> {
            log.appendEnd(id);
            world.happened("log.end");
        });
    }

    @Override
    public void appendAborted(TransactionId id, String name) {
        aborted.append(() -> {
            log.appendAborted(id, name);
            world.happened("log.aborted");
        });
    }

    @Override
    public void appendHeuristic(HeuristicRecord record) {
        heuristic.append(() -> {
            log.appendHeuristic(record);
            world.happened("log.heuristic");
        });
    }

    @Override
    public void settleHeuristic(TransactionId id, String participant) {
        log.settleHeuristic(id, participant);
    }

    @Override
    public Resolution appendResolution(Resolution resolution) {
        Resolution written = log.appendResolution(resolution);
        world.happened("log.resolution");
        return written;
    }

    @Override
    public List<Resolution> resolutions() {
        return log.resolutions();
    }

    @Override
    public List<CommitRecord> unfinished() {
        return log.unfinished();
    }

    @Override
    public List<HeuristicRecord> heuristics() {
        return log.heuristics();
    }

    @Override
    public Optional<RememberedOutcome> remembered(TransactionId id) {
        return log.remembered(id);
    }

    @Override
    public Optional<RememberedOutcome> remembered(String name) {
        return log.remembered(name);
    }

    @Override
    public void close() {
        log.close();
    }
}
