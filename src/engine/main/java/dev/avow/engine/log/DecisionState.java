package dev.avow.engine.log;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.RememberedOutcome.Ending;
import dev.avow.engine.TransactionId;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a decision log's records add up to. Every field is guarded by the log's state lock. */
final class DecisionState implements LogState {

    private record Alone(TransactionId id, String participant) {}

    private final int maxRemembered;
    private final Map<TransactionId, CommitRecord> unfinished = new LinkedHashMap<>();
    private final Map<TransactionId, RememberedOutcome> remembered = new LinkedHashMap<>();
    private final Map<Alone, HeuristicRecord> heuristics = new LinkedHashMap<>();

    DecisionState(int maxRemembered) {
        this.maxRemembered = maxRemembered;
    }

    @Override
    public void apply(ByteBuffer record) {
        DecisionRecords.read(record, this);
    }

    @Override
    public void snapshot(Consumer<byte[]> sink) {
        heuristics.values().forEach(heuristic -> sink.accept(DecisionRecords.heuristic(heuristic)));
        remembered.values().forEach(outcome -> sink.accept(DecisionRecords.outcome(outcome)));
        unfinished.values().forEach(commit -> sink.accept(DecisionRecords.commit(commit)));
    }

    void commit(CommitRecord commit) {
        unfinished.putIfAbsent(commit.id(), commit);
    }

    void end(TransactionId id) {
        Optional.ofNullable(unfinished.remove(id))
                .ifPresent(commit -> outcome(new RememberedOutcome(id, commit.name(), Ending.COMMITTED)));
    }

    void outcome(RememberedOutcome outcome) {
        remembered.putIfAbsent(outcome.id(), outcome);
        for (Iterator<?> eldest = remembered.values().iterator(); remembered.size() > maxRemembered; ) {
            eldest.next();
            eldest.remove();
        }
    }

    void heuristic(HeuristicRecord heuristic) {
        heuristics.put(new Alone(heuristic.id(), heuristic.participant()), heuristic);
    }

    void settled(TransactionId id, String participant) {
        heuristics.remove(new Alone(id, participant));
    }

    List<CommitRecord> unfinished() {
        return List.copyOf(unfinished.values());
    }

    List<RememberedOutcome> remembered() {
        return List.copyOf(remembered.values());
    }

    List<HeuristicRecord> heuristics() {
        return List.copyOf(heuristics.values());
    }

    Optional<RememberedOutcome> remembered(TransactionId id) {
        return Optional.ofNullable(unfinished.get(id))
                .map(DecisionState::committed)
                .or(() -> Optional.ofNullable(remembered.get(id)));
    }

    /** A walk over all of them: lookups are rare, and an index would have to be kept at every commit. */
    Optional<RememberedOutcome> remembered(String name) {
        Stream<RememberedOutcome> running = unfinished.values().stream()
                .filter(commit -> commit.name().equals(name))
                .map(DecisionState::committed);
        Stream<RememberedOutcome> finished =
                remembered.values().stream().filter(outcome -> outcome.name().equals(name));
        return Stream.concat(running, finished).max((a, b) -> a.id().compareTo(b.id()));
    }

    private static RememberedOutcome committed(CommitRecord commit) {
        return new RememberedOutcome(commit.id(), commit.name(), Ending.COMMITTED);
    }
}
