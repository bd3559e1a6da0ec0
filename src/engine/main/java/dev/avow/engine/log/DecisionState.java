package dev.avow.engine.log;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.ContradictionException;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.RememberedOutcome.Ending;
import dev.avow.engine.Resolution;
import dev.avow.engine.TransactionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a decision log's records add up to. Every field is guarded by the log's state lock. */
final class DecisionState implements LogState, DecisionRecords.Reader {

    private record Alone(TransactionId id, String participant) {}

    private final int maxRemembered;
    private final Map<TransactionId, CommitRecord> unfinished = new LinkedHashMap<>();
    private final Map<TransactionId, RememberedOutcome> remembered = new LinkedHashMap<>();
    private final Map<Alone, HeuristicRecord> heuristics = new LinkedHashMap<>();
    private final List<Resolution> resolutions = new ArrayList<>();

    DecisionState(int maxRemembered) {
        this.maxRemembered = maxRemembered;
    }

    @Override
    public void apply(ByteBuffer record) {
        DecisionRecords.read(record, this);
    }

    @Override
    public void snapshot(Consumer<byte[]> sink) {
        // First: what they have changed stands in what follows.
        resolutions.forEach(resolution -> sink.accept(DecisionRecords.resolved(resolution)));
        heuristics.values().forEach(heuristic -> sink.accept(DecisionRecords.heuristic(heuristic)));
        remembered.values().forEach(outcome -> sink.accept(DecisionRecords.outcome(outcome)));
        unfinished.values().forEach(commit -> sink.accept(DecisionRecords.commit(commit)));
    }

    @Override
    public void commit(CommitRecord commit) {
        unfinished.putIfAbsent(commit.id(), commit);
    }

    @Override
    public void end(TransactionId id) {
        Optional.ofNullable(unfinished.remove(id))
                .ifPresent(commit -> outcome(new RememberedOutcome(id, commit.name(), Ending.COMMITTED)));
    }

    @Override
    public void outcome(RememberedOutcome outcome) {
        remembered.putIfAbsent(outcome.id(), outcome);
        for (Iterator<?> eldest = remembered.values().iterator(); remembered.size() > maxRemembered; ) {
            eldest.next();
            eldest.remove();
        }
    }

    @Override
    public void heuristic(HeuristicRecord heuristic) {
        heuristics.put(new Alone(heuristic.id(), heuristic.participant()), heuristic);
    }

    @Override
    public void settled(TransactionId id, String participant) {
        heuristics.remove(new Alone(id, participant));
    }

    @Override
    public void resolved(Resolution resolution) {
        resolutions.add(resolution);
        TransactionId id = resolution.id();
        String participant = resolution.participant();
        boolean settles = heuristics.remove(new Alone(id, participant)) != null;
        Optional<CommitRecord> commit = toBeTold(id, participant);
        if (commit.isPresent()) {
            needNotBeTold(commit.get(), participant);
            if (resolution.decision() == Ending.ABORTED && !settles) {
                // Only now does it contradict the others. (HeuristicReported)
                heuristic(new HeuristicRecord(id, resolution.name(), participant, "abort", "commit"));
            }
        }
    }

    private void needNotBeTold(CommitRecord commit, String participant) {
        List<String> left = commit.participants().stream()
                .filter(name -> !name.equals(participant))
                .toList();
        if (left.isEmpty()) {
            end(commit.id());
        } else {
            unfinished.put(commit.id(), new CommitRecord(commit.id(), commit.name(), left));
        }
    }

    private Optional<CommitRecord> toBeTold(TransactionId id, String participant) {
        return Optional.ofNullable(unfinished.get(id))
                .filter(commit -> commit.participants().contains(participant));
    }

    /**
     * What is to be written of this.
     *
     * @throws IllegalArgumentException if there is nothing of the kind to be resolved
     * @throws ContradictionException if it contradicts what was decided and isn't forced
     */
    Resolution checked(Resolution resolution) {
        String what = "\"" + resolution.participant() + "\" in " + resolution.name() + " (" + resolution.id() + ")";
        Optional<String> decision =
                toBeTold(resolution.id(), resolution.participant()).isPresent()
                        ? Optional.of("commit")
                        : Optional.ofNullable(heuristics.get(new Alone(resolution.id(), resolution.participant())))
                                .map(HeuristicRecord::decision);
        if (decision.isEmpty()) {
            throw new IllegalArgumentException("nothing is left to be resolved of " + what
                    + ": avow status lists what is unfinished or contradicted");
        }
        String wanted = resolution.decision() == Ending.COMMITTED ? "commit" : "abort";
        boolean contradicts = !decision.get().equals(wanted) && !decision.get().equals("unknown");
        if (contradicts && !resolution.forced()) {
            throw new ContradictionException("the durable decision on " + resolution.name() + " (" + resolution.id()
                    + ") is " + decision.get() + ", so \"" + resolution.participant() + "\" can't be resolved as "
                    + wanted + ": resolve it as " + decision.get()
                    + ", or force it, and it is recorded as a heuristic outcome");
        }
        return resolution.withForced(contradicts);
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

    List<Resolution> resolutions() {
        return List.copyOf(resolutions);
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
