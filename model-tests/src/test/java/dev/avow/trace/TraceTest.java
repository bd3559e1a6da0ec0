package dev.avow.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.report.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the threaded engine really does, on real files and through real kills, is a behaviour of the specification. */
class TraceTest {
    private static final int EVENTS = 100_000;
    private static final int KILLS = 8;
    /** So that a line has some 50 bytes, and the kills come before the last run. */
    private static final long BYTES_BETWEEN_KILLS = 400_000;

    private static final int LAST_RUN = 5_000;

    private final Path folder;

    TraceTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void every_trace_is_a_behaviour_of_the_specification() throws IOException, InterruptedException {
        TraceRuns runs = new TraceRuns(folder);
        for (int kill = 0; kill < KILLS; kill++) {
            runs.killedAfter(BYTES_BETWEEN_KILLS);
        }
        runs.whole(LAST_RUN);
        List<TraceEvent> events = runs.events();
        assertTrue(events.size() >= EVENTS, events.size() + " events");
        Set<String> actions = events.stream().map(TraceEvent::what).collect(Collectors.toSet());
        assertTrue(actions.containsAll(WANTED), "seen only " + actions);
        try (TraceCheckers checkers = new TraceCheckers(folder)) {
            var traces = Traces.byTransaction(events);
            for (List<TraceEvent> trace : traces.values()) {
                assertEquals(Optional.empty(), checkers.check(trace), () -> "the trace " + trace);
            }
            long killed = traces.values().stream()
                    .filter(trace -> trace.stream().anyMatch(event -> event.is(TraceEvent.CLOSE)))
                    .count();
            assertTrue(killed >= KILLS, killed + " transactions went on after a kill");
            Figures.of("traces")
                    .with("events", events.size())
                    .with("kills", KILLS)
                    .with("transactions", traces.size())
                    .with("transactionsThroughAKill", killed)
                    .with("specStates", checkers.states())
                    .write();
        }
    }

    private static final Set<String> WANTED = Set.of(
            "CoordinatorSendPrepare",
            "CoordinatorReceiveVote",
            "CoordinatorDecideCommit",
            "CoordinatorDecideReadOnly",
            "CoordinatorDecideAbort",
            "CoordinatorSendCommit",
            "CoordinatorReceiveAck",
            "CoordinatorForget",
            "CoordinatorAnswer",
            "CoordinatorSendOnePhase",
            "CoordinatorReceiveEnded",
            "ParticipantVoteYes",
            "ParticipantVoteReadOnly",
            "ParticipantVoteNo",
            "ParticipantAck");
}
