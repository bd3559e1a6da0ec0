package dev.avow.cli.simulate;

import dev.avow.cli.diagram.Diagram;
import dev.avow.cli.diagram.Fate;
import dev.avow.cli.diagram.Step;
import dev.avow.simulator.Trace;
import dev.avow.simulator.TraceEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** One transaction of a simulated run as a message-sequence diagram: the last of it. */
public final class TraceDiagram {
    private static final int MOST_ENTRIES = 90;

    /** The steps that lead somewhere; the others only say something, often about what is long forgotten. */
    private static final Pattern CHANGING = Pattern.compile(
            ".*(Prepare|OnePhase|Decide.*|Forget|Refuse.*|VoteReadOnly|ReceiveCommit|ReceiveAbort|ReceiveEnded)");

    private final List<TraceEntry> entries;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Long, Integer> sentAt = new HashMap<>();
    private final Map<String, String> states = new HashMap<>();

    private TraceDiagram(List<TraceEntry> entries) {
        this.entries = entries;
    }

    /** Draws this transaction. */
    public static Diagram of(Trace trace, String transaction) {
        List<TraceEntry> entries = trace.about(transaction, MOST_ENTRIES);
        TraceDiagram diagram = new TraceDiagram(entries);
        for (int index = 0; index < entries.size(); index++) {
            diagram.draw(index);
        }
        String about = transaction.isEmpty() ? "" : ", transaction " + transaction;
        int all = trace.about(transaction, Integer.MAX_VALUE).size();
        String cut = all > entries.size() ? ": the last " + entries.size() + " of " + all + " entries" : "";
        return new Diagram("Seed " + trace.result().seed() + about + cut, diagram.lanes(trace), diagram.steps);
    }

    /** The transaction of which there is most to see. */
    public static String busiest(Trace trace) {
        Map<String, Integer> counts = new HashMap<>();
        trace.entries().stream()
                .map(TraceEntry::transaction)
                .filter(name -> !name.isEmpty())
                .forEach(name -> counts.merge(name, 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private List<String> lanes(Trace trace) {
        Set<String> named = new LinkedHashSet<>();
        steps.forEach(step -> named.addAll(step.lanes()));
        List<String> lanes = trace.lanes().stream().filter(named::contains).toList();
        return lanes.isEmpty() ? trace.lanes() : lanes;
    }

    private void draw(int index) {
        TraceEntry entry = entries.get(index);
        String lane = entry.lane();
        TraceEntry.What what = entry.what();
        if (what instanceof TraceEntry.Sent sent) {
            drawSent(index, lane, sent);
        } else if (what instanceof TraceEntry.Arrived arrived) {
            drawArrived(index, lane, arrived);
        } else if (what instanceof TraceEntry.Stepped stepped) {
            drawStepped(lane, stepped);
        } else if (what instanceof TraceEntry.Forced forced) {
            steps.add(new Step.Force(lane, forced.record()));
        } else if (what instanceof TraceEntry.Crashed) {
            states.remove(lane);
            steps.add(new Step.Crash(lane));
        } else if (what instanceof TraceEntry.Restarted restarted) {
            steps.add(new Step.Restart(lane, "opens " + restarted.with()));
        } else if (what instanceof TraceEntry.Noted noted) {
            steps.add(new Step.Local(lane, noted.text()));
        } else if (what instanceof TraceEntry.Phase phase) {
            steps.add(new Step.Divider(phase.text()));
        } else if (what instanceof TraceEntry.Broken broken) {
            steps.add(new Step.Violation(broken.rule().specName(), lane, broken.text()));
        }
    }

    private void drawSent(int index, String lane, TraceEntry.Sent sent) {
        sentAt.put(sent.message(), steps.size());
        steps.add(new Step.Message(lane, sent.to(), sent.label(), fate(index, sent)));
    }

    private Fate fate(int index, TraceEntry.Sent sent) {
        List<TraceEntry> later = entries.subList(index + 1, entries.size());
        long arrivals = later.stream().filter(entry -> isArrival(entry, sent)).count();
        if (arrivals > 0) {
            boolean atOnce = isArrival(later.get(0), sent);
            return atOnce ? (arrivals > 1 ? Fate.REPEATED : Fate.DELIVERED) : Fate.DELAYED;
        }
        boolean lost = later.stream()
                .anyMatch(entry -> entry.what() instanceof TraceEntry.Lost gone && gone.message() == sent.message());
        return lost ? Fate.LOST : Fate.DELAYED;
    }

    private static boolean isArrival(TraceEntry entry, TraceEntry.Sent sent) {
        return entry.what() instanceof TraceEntry.Arrived arrived && arrived.message() == sent.message();
    }

    private void drawArrived(int index, String lane, TraceEntry.Arrived arrived) {
        if (!sentAt.containsKey(arrived.message())) {
            steps.add(new Step.Local(lane, "hears " + arrived.label() + " from " + arrived.from()));
            return;
        }
        boolean atOnce = index > 0
                && entries.get(index - 1).what() instanceof TraceEntry.Sent sent
                && sent.message() == arrived.message();
        if (!atOnce) {
            steps.add(new Step.Arrival(sentAt.get(arrived.message())));
        }
    }

    /** What a step sends or forces is drawn anyway; where it leads to isn't. */
    private void drawStepped(String lane, TraceEntry.Stepped stepped) {
        if (stepped.action().contains("Decide") || stepped.action().contains("Refuse")) {
            steps.add(new Step.Local(lane, stepped.action()));
        }
        if (!CHANGING.matcher(stepped.action()).matches()) {
            return;
        }
        if (!stepped.state().equals(states.put(lane, stepped.state()))) {
            steps.add(new Step.StateChange(lane, stepped.state().replace('_', ' ')));
        }
    }
}
