package dev.avow.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A trace of many transactions, taken apart: what happens to the process happens to each transaction that is under way. */
final class Traces {
    private Traces() {}

    /** The events of each transaction that has begun in the trace. */
    static Map<String, List<TraceEvent>> byTransaction(List<TraceEvent> all) {
        Map<String, List<TraceEvent>> traces = new LinkedHashMap<>();
        Map<String, List<TraceEvent>> waiting = new LinkedHashMap<>();
        boolean isRunning = false;
        for (TraceEvent event : all) {
            if (event.transaction().equals(TraceEvent.EVERYONE)) {
                if (event.is(TraceEvent.OPEN) && isRunning) {
                    // No word of an end: it was killed.
                    tellAll(waiting, TraceEvent.of(TraceEvent.EVERYONE, TraceEvent.CLOSE));
                }
                isRunning = event.is(TraceEvent.OPEN);
                tellAll(waiting, event);
            } else if (event.is(TraceEvent.BEGIN)) {
                traces.put(event.transaction(), new ArrayList<>(List.of(event)));
                waiting.put(event.transaction(), new ArrayList<>());
            } else if (traces.containsKey(event.transaction())) {
                // What happened to everyone since the last event counts only for who is heard of again.
                List<TraceEvent> since = waiting.getOrDefault(event.transaction(), List.of());
                List<TraceEvent> trace = traces.getOrDefault(event.transaction(), new ArrayList<>());
                trace.addAll(since);
                trace.add(event);
                waiting.put(event.transaction(), new ArrayList<>());
            }
        }
        return traces;
    }

    private static void tellAll(Map<String, List<TraceEvent>> waiting, TraceEvent event) {
        waiting.values().forEach(list -> list.add(event));
    }
}
