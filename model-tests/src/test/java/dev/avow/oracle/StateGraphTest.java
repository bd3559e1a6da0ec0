package dev.avow.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle isn't its own judge: on one model it finds what TLC finds by itself. */
class StateGraphTest {
    private static final Path SPEC =
            Path.of(System.getProperty("avow.root", ".."), "spec").toAbsolutePath();
    private static final Path MODULE = SPEC.resolve("TwoPhaseCommit.tla");
    private static final Path MODEL = SPEC.resolve("TwoPhaseCommit_1p2c.cfg");

    @Test
    void the_oracle_walks_the_graph_that_tlc_draws(@TempDir Path work) throws IOException, InterruptedException {
        StateGraph drawn = StateGraph.dump(MODULE, MODEL, work);
        StateGraph walked = walk();
        assertEquals(drawn.states(), walked.states());
        assertEquals(drawn.edges(), walked.edges());
    }

    private static StateGraph walk() {
        Set<String> states = new HashSet<>();
        Set<StateGraph.Edge> edges = new HashSet<>();
        try (SpecOracle oracle = SpecOracle.of(MODULE, MODEL)) {
            Queue<Map<String, Object>> open = new ArrayDeque<>(oracle.initialStates());
            open.forEach(state -> states.add(text(oracle, state)));
            while (!open.isEmpty()) {
                Map<String, Object> from = open.remove();
                for (SpecStep step : oracle.stepsFrom(from)) {
                    String to = text(oracle, step.to());
                    edges.add(new StateGraph.Edge(text(oracle, from), name(step.action()), to));
                    if (states.add(to)) {
                        open.add(step.to());
                    }
                }
            }
        }
        return new StateGraph(states, edges);
    }

    private static String text(SpecOracle oracle, Map<String, Object> state) {
        return oracle.text(state).strip();
    }

    private static String name(String action) {
        return action.replaceFirst("\\(.*", "");
    }
}
