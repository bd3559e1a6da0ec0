package dev.avow.benchmarks.engine;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.Resolution;
import dev.avow.engine.TransactionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decisions that end with the process, as the peers' "no log" settings keep them: unfinished commits in memory, nothing on
 * the disk, and no memory of what has ended. For measurements only: a crash loses every promise.
 */
public final class VolatileLog implements DecisionLog {
    private static final int BINS = 1 << 12;

    private final Map<TransactionId, CommitRecord> unfinished = new ConcurrentHashMap<>(BINS);

    @Override
    public long coordinator() {
        return 1;
    }

    @Override
    public int incarnation() {
        return 1;
    }

    @Override
    public void appendCommit(CommitRecord commit) {
        unfinished.put(commit.id(), commit);
    }

    @Override
    public void appendEnd(TransactionId id) {
        unfinished.remove(id);
    }

    @Override
    public void appendAborted(TransactionId id, String name) {}

    @Override
    public void appendHeuristic(HeuristicRecord heuristic) {
        throw new UnsupportedOperationException("no resource of a benchmark decides alone, but: " + heuristic);
    }

    @Override
    public void settleHeuristic(TransactionId id, String participant) {}

    @Override
    public Resolution appendResolution(Resolution resolution) {
        throw new IllegalArgumentException("nothing is resolved by hand in a benchmark, but: " + resolution);
    }

    @Override
    public List<Resolution> resolutions() {
        return List.of();
    }

    @Override
    public List<CommitRecord> unfinished() {
        return List.copyOf(unfinished.values());
    }

    @Override
    public List<HeuristicRecord> heuristics() {
        return List.of();
    }

    @Override
    public Optional<RememberedOutcome> remembered(TransactionId id) {
        return Optional.empty();
    }

    @Override
    public Optional<RememberedOutcome> remembered(String name) {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
