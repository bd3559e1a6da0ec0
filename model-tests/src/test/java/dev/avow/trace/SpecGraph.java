package dev.avow.trace;

import dev.avow.oracle.SpecOracle;
import dev.avow.oracle.SpecStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The specification's states as they are asked for, numbered, each with its steps: what was asked once is remembered. */
final class SpecGraph implements AutoCloseable {
    private final SpecOracle oracle;
    private final Map<Map<String, Object>, Integer> numbers = new HashMap<>();
    private final List<Map<String, Object>> states = new ArrayList<>();
    private final Map<Integer, Map<String, Set<Integer>>> steps = new HashMap<>();

    SpecGraph(SpecOracle oracle) {
        this.oracle = oracle;
    }

    Set<Integer> initial() {
        Set<Integer> initial = new TreeSet<>();
        oracle.initialStates().forEach(state -> initial.add(number(state)));
        return initial;
    }

    int number(Map<String, Object> state) {
        return numbers.computeIfAbsent(state, unknown -> {
            states.add(unknown);
            return states.size() - 1;
        });
    }

    Map<String, Object> state(int number) {
        return states.get(number);
    }

    int size() {
        return states.size();
    }

    /** Where each action leads. */
    Map<String, Set<Integer>> stepsFrom(int number) {
        Map<String, Set<Integer>> known = steps.get(number);
        if (known == null) {
            known = new HashMap<>();
            for (SpecStep step : oracle.stepsFrom(states.get(number))) {
                known.computeIfAbsent(step.action(), action -> new HashSet<>()).add(number(step.to()));
            }
            steps.put(number, known);
        }
        return known;
    }

    boolean isStep(String action, Map<String, Object> from, int to) {
        return stepsFrom(number(from)).getOrDefault(action, Set.of()).contains(to);
    }

    /** All that can be reached by these actions alone. */
    Set<Integer> closure(Set<Integer> from, Predicate<String> actions) {
        Set<Integer> reached = new TreeSet<>(from);
        List<Integer> open = new ArrayList<>(from);
        while (!open.isEmpty()) {
            int number = open.remove(open.size() - 1);
            stepsFrom(number).forEach((action, next) -> {
                if (actions.test(action)) {
                    next.stream().filter(reached::add).forEach(open::add);
                }
            });
        }
        return reached;
    }

    @Override
    public void close() {
        oracle.close();
    }
}
