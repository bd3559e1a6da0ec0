package dev.avow.protocol;

import dev.avow.oracle.SpecOracle;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Histories judged as traces are: by the names of the steps alone, without a look at the states. What a trace can't show,
 * a force that is left out for example, shows only in what follows from it.
 */
final class WorldTraces {
    private final SpecOracle oracle;
    private final Map<Map<String, Object>, Map<String, Set<Map<String, Object>>>> steps = new HashMap<>();

    private WorldTraces(SpecOracle oracle) {
        this.oracle = oracle;
    }

    static boolean anyRefused(Path folder, WorldConfig config, List<Run> runs) {
        try (SpecOracle oracle = Instance.made(folder, config, false).oracle()) {
            WorldTraces traces = new WorldTraces(oracle);
            return runs.stream().filter(WorldTraces::isWhole).anyMatch(traces::isRefused);
        }
    }

    /** A crash in the middle of a step has no name. */
    private static boolean isWhole(Run run) {
        return run.transcript().stream().map(World.Line::move).noneMatch(WorldTraces::isCut);
    }

    private static boolean isCut(Move move) {
        return (move instanceof Move.OfCoordinator step && step.isCut())
                || (move instanceof Move.OfParticipant participant && participant.isCut());
    }

    private boolean isRefused(Run run) {
        Set<Map<String, Object>> possible = new HashSet<>(oracle.initialStates());
        for (World.Line line : run.transcript()) {
            String label = SpecLabel.of(line.move());
            Set<Map<String, Object>> next = new HashSet<>();
            possible.forEach(state -> next.addAll(stepsFrom(state).getOrDefault(label, Set.of())));
            if (next.isEmpty()) {
                return true;
            }
            possible = next;
        }
        return false;
    }

    private Map<String, Set<Map<String, Object>>> stepsFrom(Map<String, Object> state) {
        Map<String, Set<Map<String, Object>>> known = steps.get(state);
        if (known == null) {
            known = new HashMap<>();
            for (var step : oracle.stepsFrom(state)) {
                known.computeIfAbsent(step.action(), action -> new HashSet<>()).add(step.to());
            }
            steps.put(state, known);
        }
        return known;
    }
}
