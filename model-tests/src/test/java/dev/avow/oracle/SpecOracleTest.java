package dev.avow.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SpecOracleTest {
    private static final Path SPEC = Path.of(System.getProperty("avow.root", ".."), "spec");
    private static final SpecOracle ORACLE = oracle("TwoPhaseCommit.tla", "TwoPhaseCommit_1p2c.cfg");

    private final Map<String, Object> start = ORACLE.initialStates().get(0);

    private static SpecOracle oracle(String module, String config) {
        return SpecOracle.of(SPEC.resolve(module), SPEC.resolve(config));
    }

    @AfterAll
    static void close() {
        ORACLE.close();
    }

    /** A quantifier over a set that depends on the state would fold actions into one without a name. */
    @Test
    void its_actions_are_those_of_the_specification_each_with_its_parameters() {
        List<String> expected = List.of(
                "ParticipantPrepare(p=p1)",
                "LogFlush",
                "CoordinatorCrash(i=3)",
                "CoordinatorReceiveVote(i=1, p=p1, v=readOnly)",
                "CoordinatorReceiveEnded(i=2, p=p1, e=unknown)",
                "ParticipantDecideAlone(p=p1, s=heuristicAborted)");
        assertTrue(ORACLE.actions().containsAll(expected), ORACLE.actions()::toString);
        // 12 of an incarnation, 4 with a participant, 2 with 3 values; 1 of the log; 19 of a participant, 1 with
        // another
        // one, 1 with 3 values, 1 with 2.
        assertEquals(3 * (12 + 4 + 3 + 3) + 1 + 19 + 1 + 3 + 2, ORACLE.actions().size());
    }

    @Test
    void there_is_one_initial_state() {
        assertEquals(1, ORACLE.initialStates().size());
        assertEquals(Map.of("p1", "working"), start.get("participant"));
        assertEquals(Map.of(1, "working", 2, "down", 3, "down"), start.get("coordinator"));
        assertEquals(Set.of(), start.get("messages"));
    }

    @Test
    void a_step_is_known_by_its_name_its_parameters_and_both_its_states() {
        SpecStep step = ORACLE.stepsFrom(start).stream()
                .filter(one -> one.action().equals("CoordinatorSendOnePhase(i=1)"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                Set.of(Map.of("type", "onePhase", "participant", "p1")),
                step.to().get("messages"));
        assertTrue(ORACLE.isStep(step.action(), start, step.to()));
        assertFalse(ORACLE.isStep("CoordinatorSendOnePhase(i=2)", start, step.to()));
        assertFalse(ORACLE.isStep(step.action(), step.to(), start));
        assertFalse(ORACLE.isStep(step.action(), start, start));
    }

    @Test
    void a_state_that_breaks_a_rule_is_named_with_the_rule() {
        assertEquals(Set.of(), ORACLE.violatedInvariants(start));
        assertEquals(Set.of("Types"), ORACLE.violatedInvariants(with(start, "reply", "maybe")));
        assertEquals(
                Set.of("UnknownVotesNo"),
                ORACLE.violatedInvariants(
                        with(with(start, "participant", Map.of("p1", "prepared")), "work", Map.of("p1", false))));
    }

    @Test
    void a_step_that_breaks_the_refinement_is_named() {
        Map<String, Object> committed = with(start, "acted", Map.of("p1", "commit"));
        Map<String, Object> aborted = with(start, "acted", Map.of("p1", "abort"));
        assertEquals(Set.of(), ORACLE.violatedProperties(start, aborted));
        assertFalse(ORACLE.violatedProperties(committed, aborted).isEmpty());
    }

    @Test
    void what_is_no_state_or_action_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> ORACLE.isStep("Sleep", start, start));
        assertThrows(IllegalArgumentException.class, () -> ORACLE.stepsFrom(Map.of("reply", "none")));
        assertThrows(IllegalArgumentException.class, () -> ORACLE.stepsFrom(with(start, "reply", 1.5)));
    }

    @Test
    void two_oracles_do_not_disturb_each_other() {
        try (SpecOracle other = oracle("TransactionCommit.tla", "TransactionCommit.cfg")) {
            Map<String, Object> theirs = other.initialStates().get(0);
            assertEquals(Set.of("branch"), theirs.keySet());
            assertEquals(start, ORACLE.initialStates().get(0));
            assertFalse(other.stepsFrom(theirs).isEmpty());
        }
    }

    @Test
    void a_specification_that_does_not_load_says_why() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> oracle("TwoPhaseCommit.tla", "TransactionCommit.cfg"));
        assertTrue(refusal.toString().contains("is not assigned a value"), refusal::toString);
    }

    private static Map<String, Object> with(Map<String, Object> state, String variable, Object value) {
        Map<String, Object> changed = new HashMap<>(state);
        changed.put(variable, value);
        return changed;
    }
}
