package dev.avow.trace;

import dev.avow.engine.TransactionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Says whether a trace of one transaction is a behaviour of the specification. It keeps the set of all states that the
 * specification may be in after the events so far; an event that leaves none doesn't fit.
 *
 * <p>Not all steps are seen: what a participant does between a call and its answer may have happened anywhere in between.
 * What is seen is written down after it was done, so a kill may take the last thing that each node did.
 */
final class TraceChecker {
    private static final String SEND_ONE_PHASE = "CoordinatorSendOnePhase";

    /** Steps of which no event speaks, or a late one. */
    private static final Set<String> HIDDEN = Set.of(
            "ParticipantPrepare",
            "ParticipantRefuse",
            "ParticipantReceiveCommit",
            "ParticipantReceiveAbort",
            "ParticipantFlush",
            "ParticipantInquire",
            "LogFlush",
            // Seen after the message has left, and so perhaps after its answer.
            SEND_ONE_PHASE);

    /** What the specification calls the second parameter of a participant's step. */
    private static final Map<String, String> SECOND =
            Map.of("ParticipantDecideAlone", "s", "ParticipantAnswerPeer", "q", "ParticipantReceivePeerAnswer", "e");

    private final SpecGraph graph;
    private final List<String> participants;
    private final Map<Set<Integer>, Set<Integer>> closures = new HashMap<>();

    /** @param graph of the specification with as many participants as the traces to check have */
    TraceChecker(SpecGraph graph, List<String> participants) {
        this.graph = graph;
        this.participants = List.copyOf(participants);
    }

    /** An event that doesn't fit, and what the specification would have had instead. */
    record Refusal(int index, TraceEvent event, Set<String> instead) {
        @Override
        public String toString() {
            return "event " + index + " of " + event.transaction() + ", " + event
                    + ", is no step of the specification here; it has " + instead;
        }
    }

    /** The first event that doesn't fit; none if the whole trace is a behaviour. */
    Optional<Refusal> check(List<TraceEvent> events) {
        Set<Integer> possible = hidden(graph.initial());
        int first = TransactionId.parse(events.get(0).transaction()).incarnation();
        for (int index = 0; index < events.size(); index++) {
            TraceEvent event = events.get(index);
            Set<Integer> next = hidden(after(possible, event, first));
            if (next.isEmpty()) {
                return Optional.of(new Refusal(index, event, enabled(possible)));
            }
            possible = next;
        }
        return Optional.empty();
    }

    private Set<String> enabled(Set<Integer> possible) {
        return possible.stream()
                .flatMap(state -> graph.stepsFrom(state).keySet().stream())
                .filter(action -> !action.contains("Crash"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<Integer> hidden(Set<Integer> states) {
        return closures.computeIfAbsent(states, from -> graph.closure(from, action -> HIDDEN.contains(nameOf(action))));
    }

    /** Whether no event of a trace speaks of such a step. */
    static boolean isUnseen(String action) {
        return HIDDEN.contains(action) && !action.equals(SEND_ONE_PHASE);
    }

    private static String nameOf(String action) {
        int bracket = action.indexOf('(');
        return bracket < 0 ? action : action.substring(0, bracket);
    }

    private Set<Integer> after(Set<Integer> states, TraceEvent event, int first) {
        return switch (event.what()) {
            case TraceEvent.BEGIN -> states;
            case TraceEvent.TOLD -> where(states, "reply", SpecWords.camel(event.argument(0)));
            case TraceEvent.ABORTED -> whereAborted(states, event.argument(0));
            case TraceEvent.CLOSE -> stopped(states);
            case TraceEvent.OPEN -> started(states, Integer.parseInt(event.argument(0)) - first + 1);
            default -> stepped(states, event, first);
        };
    }

    private Set<Integer> where(Set<Integer> states, String variable, Object value) {
        return states.stream()
                .filter(state -> value.equals(graph.state(state).get(variable)))
                .collect(Collectors.toSet());
    }

    /** Where the participant has aborted, or has nothing to abort. One that has committed must not even be asked. */
    private Set<Integer> whereAborted(Set<Integer> states, String participant) {
        return states.stream()
                .filter(state -> switch (of(graph.state(state), "participant", participant)) {
                    case "aborted", "readOnly" -> true;
                    case "lost" -> !of(graph.state(state), "disk", participant).equals("committed");
                    default -> false;
                })
                .collect(Collectors.toSet());
    }

    private static Map<?, ?> function(Map<String, Object> state, String name) {
        return (Map<?, ?>) Optional.ofNullable(state.get(name)).orElseThrow();
    }

    private static String of(Map<String, Object> state, String function, Object argument) {
        return String.valueOf(function(state, function).get(argument));
    }

    private Set<Integer> stepped(Set<Integer> states, TraceEvent event, int first) {
        Set<Integer> next = new HashSet<>();
        for (String action : event.what().split("\\|", -1)) {
            String label = label(action, event.arguments(), first);
            for (int state : states) {
                next.addAll(graph.stepsFrom(state).getOrDefault(label, Set.of()));
                if (isRepetition(label, state)) {
                    next.add(state);
                }
            }
        }
        return next;
    }

    private static String label(String action, List<String> arguments, int first) {
        if (action.startsWith("Participant")) {
            String more = arguments.size() > 1 ? ", " + SECOND.get(action) + "=" + arguments.get(1) : "";
            return action + "(p=" + arguments.get(0) + more + ")";
        }
        StringBuilder label = new StringBuilder(action).append("(i=");
        label.append(Integer.parseInt(arguments.get(0)) - first + 1);
        if (arguments.size() > 1) {
            label.append(", p=").append(arguments.get(1));
        }
        if (action.equals("CoordinatorReceiveVote")) {
            label.append(", v=").append(SpecWords.camel(arguments.get(2)));
        } else if (action.equals("CoordinatorReceiveEnded")) {
            label.append(", e=").append(SpecWords.camel(arguments.get(2)));
        }
        return label.append(')').toString();
    }

    /** A message sent again changes nothing: the same step from the state without such messages leads here. */
    private boolean isRepetition(String label, int state) {
        if (nameOf(label).equals(SEND_ONE_PHASE)) {
            return messages(state).stream().anyMatch(message -> "onePhase".equals(((Map<?, ?>) message).get("type")));
        }
        Set<String> types = switch (nameOf(label)) {
            case "CoordinatorSendCommit" -> Set.of("commit");
            case "CoordinatorAnswer" -> Set.of("commit", "abort");
            case "ParticipantVoteYes", "ParticipantVoteNo" -> Set.of("vote");
            case "ParticipantAck" -> Set.of("ack");
            case "ParticipantUnknownOnePhase" -> Set.of("ended");
            default -> Set.of();
        };
        return !types.isEmpty()
                && subsetsWithout(state, types, label).stream().anyMatch(from -> graph.isStep(label, from, state));
    }

    private Set<?> messages(int state) {
        return (Set<?>) Optional.ofNullable(graph.state(state).get("messages")).orElseThrow();
    }

    private List<Map<String, Object>> subsetsWithout(int state, Set<String> types, String label) {
        Map<String, Object> here = graph.state(state);
        Set<?> messages = messages(state);
        List<?> sent = messages.stream()
                .filter(message -> types.contains(((Map<?, ?>) message).get("type")))
                .filter(message ->
                        !label.contains("p=") || label.contains("p=" + ((Map<?, ?>) message).get("participant")))
                .toList();
        List<Map<String, Object>> without = new ArrayList<>();
        // A few messages at most: every non-empty choice of them.
        for (int choice = 1; choice < 1 << sent.size(); choice++) {
            Set<Object> kept = new HashSet<>(messages);
            for (int bit = 0; bit < sent.size(); bit++) {
                if ((choice >> bit & 1) == 1) {
                    kept.remove(sent.get(bit));
                }
            }
            Map<String, Object> before = new HashMap<>(here);
            before.put("messages", kept);
            without.add(before);
        }
        return without;
    }

    /** Whatever each node did last may be missing from the trace; then all of them crash. */
    private Set<Integer> stopped(Set<Integer> states) {
        Set<Integer> possible = hidden(states);
        List<String> nodes = new ArrayList<>(participants.stream()
                .map(participant -> "Participant[A-Za-z]+\\(p=" + participant + "[,)].*")
                .toList());
        nodes.add("Coordinator.*");
        for (String node : nodes) {
            Set<Integer> more = new HashSet<>(possible);
            possible.forEach(state -> graph.stepsFrom(state).forEach((action, next) -> {
                if (action.matches(node) && !isOfTheEnvironment(action)) {
                    more.addAll(next);
                }
            }));
            possible = hidden(more);
        }
        for (String participant : participants) {
            possible = crashed(possible, "ParticipantCrash(p=" + participant + ")", "participant", participant);
        }
        int incarnations = ((Map<?, ?>)
                        Optional.ofNullable(graph.state(0).get("coordinator")).orElseThrow())
                .size();
        for (int incarnation = 1; incarnation <= incarnations; incarnation++) {
            possible = crashed(possible, "CoordinatorCrash(i=" + incarnation + ")", "coordinator", incarnation);
        }
        return possible;
    }

    private static boolean isOfTheEnvironment(String action) {
        return action.matches("\\w+(Crash|Recover|TakeOver)\\(.*|ParticipantDecideAlone.*");
    }

    private Set<Integer> crashed(Set<Integer> states, String crash, String function, Object node) {
        Set<Integer> down = new HashSet<>();
        for (int state : states) {
            if ("down".equals(of(graph.state(state), function, node))) {
                down.add(state);
            } else {
                down.addAll(graph.stepsFrom(state).getOrDefault(crash, Set.of()));
            }
        }
        return down;
    }

    private Set<Integer> started(Set<Integer> states, int incarnation) {
        Set<Integer> possible = stepBy(states, "CoordinatorRecover(i=" + incarnation + ")");
        for (String participant : participants) {
            possible = stepBy(possible, "ParticipantRecover(p=" + participant + ")");
        }
        return possible;
    }

    private Set<Integer> stepBy(Set<Integer> states, String label) {
        return states.stream()
                .flatMap(state -> graph.stepsFrom(state).getOrDefault(label, Set.of()).stream())
                .collect(Collectors.toSet());
    }
}
