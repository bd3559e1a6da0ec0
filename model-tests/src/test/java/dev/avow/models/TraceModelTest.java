package dev.avow.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.trace.TraceEvent;
import dev.avow.trace.TraceModule;
import dev.avow.trace.TraceRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain TLC, in a process of its own, accepts what the oracle-based checker accepts. */
class TraceModelTest {
    private static final Path SPEC = Path.of(System.getProperty("avow.root", ".."), "spec");
    private static final int TRANSACTIONS = 40;
    private static final String DECISION = "CoordinatorDecideCommit";

    private final Path folder;
    private final Tlc tlc;

    TraceModelTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.tlc = new Tlc(folder, folder.resolve("work"), Tlc.DEADLINE);
        for (String module : List.of("TwoPhaseCommit.tla", "TransactionCommit.tla")) {
            Files.copy(SPEC.resolve(module), folder.resolve(module));
        }
    }

    @Test
    void a_trace_of_each_kind_is_accepted_and_refused_without_its_decision() throws IOException, InterruptedException {
        TraceRuns runs = new TraceRuns(folder);
        runs.whole(TRANSACTIONS);
        Map<String, List<TraceEvent>> kinds = kinds(runs.events());
        assertTrue(kinds.keySet().containsAll(Set.of("2 COMMITTED", "2 ABORTED", "1 COMMITTED")), kinds::toString);
        int number = 0;
        for (List<TraceEvent> trace : kinds.values()) {
            String name = "Trace" + number;
            TraceModule.write(folder, name, trace);
            TlcResult accepted = run(name);
            assertEquals(Optional.of(Verdict.INVARIANT), accepted.verdict(), () -> trace + "\n" + accepted.output());
            number++;
        }
        List<TraceEvent> undecided = new ArrayList<>(kinds.getOrDefault("2 COMMITTED", List.of()));
        undecided.removeIf(event -> event.what().equals(DECISION));
        TraceModule.write(folder, "Undecided", undecided);
        TlcResult refused = run("Undecided");
        assertEquals(Optional.of(Verdict.HOLDS), refused.verdict(), refused::output);
    }

    private TlcResult run(String name) throws InterruptedException {
        return tlc.run(new Model(
                name + ".cfg",
                name,
                Verdict.INVARIANT,
                Optional.of(TraceModule.NOT_ACCEPTED),
                OptionalLong.of(0),
                OptionalInt.empty(),
                Set.of()));
    }

    /** One trace for each number of participants and ending. */
    private static Map<String, List<TraceEvent>> kinds(List<TraceEvent> events) {
        Map<String, List<TraceEvent>> byTransaction = new LinkedHashMap<>();
        events.forEach(event -> byTransaction
                .computeIfAbsent(event.transaction(), id -> new ArrayList<>())
                .add(event));
        Map<String, List<TraceEvent>> kinds = new LinkedHashMap<>();
        for (List<TraceEvent> trace : byTransaction.values()) {
            String ending = trace.stream()
                    .filter(event -> event.what().equals("told"))
                    .map(event -> event.arguments().get(0))
                    .findFirst()
                    .orElse("");
            boolean isDecided = !ending.equals("COMMITTED")
                    || trace.get(0).arguments().size() == 1
                    || trace.stream().anyMatch(event -> event.what().equals(DECISION));
            if (!ending.isEmpty() && isDecided) {
                kinds.putIfAbsent(trace.get(0).arguments().size() + " " + ending, trace);
            }
        }
        return kinds;
    }
}
