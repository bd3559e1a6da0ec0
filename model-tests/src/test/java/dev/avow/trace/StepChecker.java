package dev.avow.trace;

import java.util.HashMap;
import java.util.HashSet;
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

    /** What only sends, and with what: once that is on its way, sending it again changes nothing. */
    private static final Map<String, Set<String>> SENDING = Map.of(
            "CoordinatorSendCommit", Set.of("commit"),
            // The decision itself may have sent it.
            "CoordinatorAnswer", Set.of("commit", "abort"),
            "CoordinatorSendForget", Set.of("forget"),
            "ParticipantVoteYes", Set.of("vote"),
            "ParticipantVoteNo", Set.of("vote"),
            "ParticipantAck", Set.of("ack"),
            "ParticipantReportDamage", Set.of("damage"),
            "ParticipantUnknownOnePhase", Set.of("ended"),
            "ParticipantAskPeers", Set.of("peerInquiry"));

    /** How a transaction can be over at a node, which may then drop it. */
    private static final Set<String> OVER = Set.of("committed", "aborted", "mixed", "readOnly");

    /** What a participant, and what a coordinator, knows of a transaction that it has dropped. */
    private static final Set<String> DROPPED = Set.of("lost", "forgotten");

    /** As who coordinates is called among the nodes. */
    public static final String COORDINATOR = "coordinator";

    private final SpecGraph graph;
    /** How it was over at each node, as far as that was seen. */
    private final Map<String, String> over = new HashMap<>();

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
        possible.stream()
                .filter(state -> isSent(state, node, action, stateAfter) && standsAnywhere(state, node, stateAfter))
                .forEach(next::add);
        if (next.isEmpty()) {
            return false;
        }
        if (OVER.contains(stateAfter)) {
            over.putIfAbsent(node, stateAfter);
        }
        possible = hidden(next);
        return true;
    }

    private boolean isSent(int state, String node, String action, String stateAfter) {
        if (action.equals("ParticipantAnswerPeer")) {
            // Whoever gives it, the answer to one that asks is the same: where the one that answers stands.
            return messages(state).stream()
                    .map(message -> (Map<?, ?>) message)
                    .anyMatch(message ->
                            "peerAnswer".equals(message.get("type")) && stateAfter.equals(message.get("ending")));
        }
        Set<String> types = SENDING.getOrDefault(action, Set.of());
        return messages(state).stream()
                .map(message -> (Map<?, ?>) message)
                .anyMatch(message -> types.contains(message.get("type"))
                        && (node.equals(COORDINATOR) || node.equals(message.get("participant"))));
    }

    private Set<?> messages(int state) {
        return (Set<?>) Optional.ofNullable(graph.state(state).get("messages")).orElseThrow();
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
        return isSame(node, wanted, String.valueOf(of(state, COORDINATOR).get(incarnation)));
    }

    private boolean standsAnywhere(int state, String node, String wanted) {
        return node.equals(COORDINATOR)
                ? of(state, COORDINATOR).values().stream().anyMatch(one -> isSame(node, wanted, String.valueOf(one)))
                : isSame(node, wanted, String.valueOf(of(state, "participant").get(node)));
    }

    /** Who has dropped a transaction answers as if it had never been here, but only who was seen to be done with it. */
    private boolean isSame(String node, String code, String spec) {
        // Work that never came is lost where it was to be, and refused as the specification sees it.
        boolean neverCame = code.equals("lost") && spec.equals("aborted") && !over.containsKey(node);
        return code.equals(spec) || neverCame || (DROPPED.contains(code) && spec.equals(over.get(node)));
    }

    private Map<?, ?> of(int state, String function) {
        return (Map<?, ?>) Optional.ofNullable(graph.state(state).get(function)).orElseThrow();
    }
}
