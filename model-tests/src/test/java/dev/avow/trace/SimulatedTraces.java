package dev.avow.trace;

import dev.avow.protocol.SpecModels;
import dev.avow.simulator.Knob;
import dev.avow.simulator.Settings;
import dev.avow.simulator.TraceEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts each step of a simulated run without crashes to the specification, one transaction after the other. */
public final class SimulatedTraces implements AutoCloseable {
    private static final int MOST_PARTICIPANTS = 3;

    private final Path folder;
    private final Map<Integer, SpecGraph> graphs = new HashMap<>();
    private int transactions;
    private int steps;

    public SimulatedTraces(Path folder) {
        this.folder = folder;
    }

    /** Messages are lost, repeated, overtaken and late; branches refuse, time out, only read and decide alone. */
    public static Settings withoutCrashes() {
        return Settings.usual()
                .with(Knob.CRASHES, 0)
                .with(Knob.TAKEOVERS, 0)
                .with(Knob.DISK_FAULTS, 0)
                .with(Knob.DAMAGE, 0);
    }

    /** The first step that the specification doesn't have, of any transaction that isn't too large for it. */
    public Optional<String> check(List<TraceEntry> entries) {
        Map<String, Set<String>> members = new LinkedHashMap<>();
        entries.forEach(entry -> {
            if (!entry.transaction().isEmpty()) {
                addMembers(entry, members.computeIfAbsent(entry.transaction(), name -> new LinkedHashSet<>()));
            }
        });
        return members.entrySet().stream()
                .filter(one -> !one.getValue().isEmpty() && one.getValue().size() <= MOST_PARTICIPANTS)
                .flatMap(one -> check(one.getKey(), new ArrayList<>(one.getValue()), entries).stream())
                .findFirst();
    }

    private static void addMembers(TraceEntry entry, Set<String> members) {
        if (entry.what() instanceof TraceEntry.Sent sent && sent.to().startsWith("participant")) {
            members.add(sent.to());
        } else if (entry.lane().startsWith("participant")) {
            members.add(entry.lane());
        }
    }

    private Optional<String> check(String transaction, List<String> members, List<TraceEntry> entries) {
        Optional<String> coordinator = entries.stream()
                .filter(entry ->
                        entry.transaction().equals(transaction) && entry.lane().startsWith(StepChecker.COORDINATOR))
                .map(TraceEntry::lane)
                .findFirst();
        StepChecker checker = new StepChecker(graph(members.size()));
        transactions++;
        for (TraceEntry entry : entries) {
            if (entry.step() > 0 && entry.what() instanceof TraceEntry.Restarted) {
                // In the end everybody restarts, to see that everything finishes.
                return Optional.empty();
            }
            if (entry.transaction().equals(transaction) && entry.what() instanceof TraceEntry.Stepped step) {
                steps++;
                String node = entry.lane().equals(coordinator.orElse(""))
                        ? StepChecker.COORDINATOR
                        : "p" + (members.indexOf(entry.lane()) + 1);
                if (!checker.take(node, step.action(), SpecWords.camel(step.state()))) {
                    return Optional.of(entry + "\nis no step of the specification here; it has " + checker.enabled());
                }
            }
        }
        return Optional.empty();
    }

    private SpecGraph graph(int participants) {
        return graphs.computeIfAbsent(
                participants, count -> new SpecGraph(SpecModels.oracle(folder, count + "p0crap")));
    }

    public int transactions() {
        return transactions;
    }

    public int steps() {
        return steps;
    }

    @Override
    public void close() {
        graphs.values().forEach(SpecGraph::close);
    }
}
