package dev.avow.trace;

import dev.avow.protocol.SpecModels;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A checker for each set of participants that occurs, and what they have asked the specification. */
final class TraceCheckers implements AutoCloseable {
    /** A kill crashes the coordinator and each participant: enough for the kills that one transaction lives through. */
    private static final String CONSTANTS = "p16cr";

    private final Path folder;
    private final Map<List<String>, SpecGraph> graphs = new HashMap<>();
    private final Map<List<String>, TraceChecker> checkers = new HashMap<>();

    TraceCheckers(Path folder) {
        this.folder = folder;
    }

    Optional<TraceChecker.Refusal> check(List<TraceEvent> trace) {
        List<String> participants = trace.get(0).arguments();
        return checkers.computeIfAbsent(
                        participants, names -> new TraceChecker(graphs.computeIfAbsent(names, this::graph), names))
                .check(trace);
    }

    private SpecGraph graph(List<String> participants) {
        return new SpecGraph(SpecModels.oracle(folder, participants.size() + CONSTANTS));
    }

    /** How many states the traces have led to. */
    int states() {
        return graphs.values().stream().mapToInt(SpecGraph::size).sum();
    }

    @Override
    public void close() {
        graphs.values().forEach(SpecGraph::close);
    }
}
