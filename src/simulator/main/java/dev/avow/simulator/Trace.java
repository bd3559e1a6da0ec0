package dev.avow.simulator;

import java.util.List;
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
        List<TraceEntry> all = entries.stream()
                .filter(entry -> entry.transaction().equals(transaction)
                        || (entry.transaction().isEmpty() && entry.step() >= begin && concerned.contains(entry.lane())))
                .toList();
        return all.subList(Math.max(0, all.size() - most), all.size());
    }
}
