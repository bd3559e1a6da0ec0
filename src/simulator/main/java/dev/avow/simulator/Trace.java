package dev.avow.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A run with all that happened in it.
 *
 * @param result the run
 * @param lanes the processes, coordinators first
 * @param entries what happened, in order
 */
public record Trace(Result result, List<String> lanes, List<TraceEntry> entries) {
    public Trace {
        lanes = List.copyOf(lanes);
        entries = List.copyOf(entries);
    }

    /** One line for each entry. */
    public String text() {
        return entries.stream().map(entry -> entry + "\n").collect(Collectors.joining());
    }

    /**
     * What concerns one transaction, and what befell its processes meanwhile: the last of it.
     *
     * @param most how many entries at most
     */
    public List<TraceEntry> about(String transaction, int most) {
        List<TraceEntry> its = entries.stream()
                .filter(entry -> entry.transaction().equals(transaction))
                .toList();
        long begin = its.isEmpty() ? 0 : its.get(0).step();
        Set<String> concerned = its.stream().map(TraceEntry::lane).collect(Collectors.toSet());
        List<TraceEntry> all = new ArrayList<>(openings(concerned, begin));
        entries.stream()
                .filter(entry -> entry.transaction().equals(transaction) || befalls(entry, concerned, begin))
                .forEach(all::add);
        return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
    }

    /** With what each of these processes had opened last when it began. */
    private List<TraceEntry> openings(Set<String> concerned, long begin) {
        Map<String, TraceEntry> last = new LinkedHashMap<>();
        entries.stream()
                .filter(entry -> entry.step() < begin && entry.what() instanceof TraceEntry.Restarted)
                .filter(entry -> concerned.contains(entry.lane()))
                .forEach(entry -> last.put(entry.lane(), entry));
        return List.copyOf(last.values());
    }

    private static boolean befalls(TraceEntry entry, Set<String> concerned, long begin) {
        return entry.transaction().isEmpty()
                && entry.step() >= begin
                && (concerned.contains(entry.lane()) || entry.what() instanceof TraceEntry.Phase);
    }
}
