package dev.avow.trace;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says whether steps that were all seen, each at a node, are a behaviour of the specification. Unlike {@link TraceChecker}
 * it is told where each node stands after its step. No node crashes.
 */
public final class StepChecker {
    /** Work that never arrives is refused, and a participant that fails instead of voting says no, without a step. */
    private static final Set<String> HIDDEN =
            Set.of("LogFlush", "ParticipantFlush", "ParticipantInquire", "ParticipantRefuse", "ParticipantVoteNo");

    private static final Set<String> TELLING =
            Set.of("CoordinatorAnswer", "CoordinatorSendCommit", "ParticipantVoteNo");

    /** As who coordinates is called among the nodes. */
    public static final String COORDINATOR = "coordinator";

    private final SpecGraph graph;
    private final Set<String> taken = new HashSet<>();
    private Set<Integer> possible;

    StepChecker(SpecGraph graph) {
        this.graph = graph;
        this.possible = hidden(graph.initial());
    }

    /** Whether the specification has such a step here, be it of any incarnation or with any vote. */
    boolean take(String node, String action, String stateAfter) {
        Set<Integer> next = new HashSet<>();
        possible.forEach(state -> graph.stepsFrom(state).forEach((label, to) -> {
            if (isAt(label, action, node)) {
                to.stream().filter(one -> stands(one, label, node, stateAfter)).forEach(next::add);
            }
        }));
        if (!taken.add(node + action) || TELLING.contains(action)) {
            // A message sent again changes nothing, be it by the same step or by the decision itself.
            possible.stream()
                    .filter(state -> standsAnywhere(state, node, stateAfter))
                    .forEach(next::add);
        }
        return become(next);
    }

    private boolean become(Set<Integer> next) {
        if (next.isEmpty()) {
            return false;
        }
        possible = hidden(next);
        return true;
    }

    /** What the specification has instead. */
    Set<String> enabled() {
        Set<String> labels = new TreeSet<>();
        possible.forEach(state -> labels.addAll(graph.stepsFrom(state).keySet()));
        return labels;
    }

    private Set<Integer> hidden(Set<Integer> states) {
        return graph.closure(states, label -> HIDDEN.contains(label.replaceFirst("\\(.*", "")));
    }

    private static boolean isOf(String label, String node) {
        return node.equals(COORDINATOR)
                ? label.startsWith("Coordinator")
                : label.startsWith("Participant") && label.contains("p=" + node);
    }

    private static boolean isAt(String label, String action, String node) {
        return isOf(label, node) && (label.equals(action) || label.startsWith(action + "("));
    }

    private boolean stands(int state, String label, String node, String wanted) {
        if (!node.equals(COORDINATOR)) {
            return standsAnywhere(state, node, wanted);
        }
        int incarnation = Integer.parseInt(label.replaceFirst(".*i=(\\d+).*", "$1"));
        return isSame(wanted, String.valueOf(of(state, COORDINATOR).get(incarnation)));
    }

    private boolean standsAnywhere(int state, String node, String wanted) {
        return node.equals(COORDINATOR)
                ? of(state, COORDINATOR).values().stream().anyMatch(one -> isSame(wanted, String.valueOf(one)))
                : isSame(wanted, String.valueOf(of(state, "participant").get(node)));
    }

    /** Whoever has dropped a transaction answers as if it had never been here. */
    private static boolean isSame(String code, String spec) {
        return code.equals(spec)
                || (code.equals("forgotten") && spec.equals("aborted"))
                || (code.equals("aborted")
                        && List.of("committed", "mixed", "readOnly").contains(spec));
    }

    private Map<?, ?> of(int state, String function) {
        return (Map<?, ?>) Optional.ofNullable(graph.state(state).get(function)).orElseThrow();
    }
}
