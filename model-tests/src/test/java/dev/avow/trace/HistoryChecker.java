package dev.avow.trace;

import dev.avow.oracle.SpecOracle;
import java.util.List;

/** The judge of the engine's traces for histories that nobody has run on threads and files. */
public final class HistoryChecker implements AutoCloseable {
    private final SpecGraph graph;
    private final TraceChecker checker;

    /**
     * Takes histories of these participants.
     *
     * @param oracle of the specification, with constants that allow what happens in the histories; closed with this
     */
    public HistoryChecker(SpecOracle oracle, List<String> participants) {
        this.graph = new SpecGraph(oracle);
        this.checker = new TraceChecker(graph, participants);
    }

    /** Whether the specification has no such behaviour. What no trace of the engine shows is left out. */
    public boolean isRefused(List<TraceEvent> events) {
        return checker.check(events.stream()
                        .filter(event -> !TraceChecker.isUnseen(event.what()))
                        .toList())
                .isPresent();
    }

    @Override
    public void close() {
        graph.close();
    }
}
