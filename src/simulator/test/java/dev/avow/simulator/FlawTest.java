package dev.avow.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The world is a judge only if it sees what is wrong: each flaw is caught, by the rule that it breaks. */
class FlawTest {
    private static final int SEEDS = 100;
    private static final Settings STORMY = Settings.parse("disk-faults=60,takeovers=5,alone=10");

    /** What a flaw may break before the rule that it is named for, in other runs. */
    private static final Map<Flaw, Set<Rule>> ALSO = Map.of(
            Flaw.COMMITS_WITH_A_VOTE_MISSING, EnumSet.of(Rule.REPLY_TRUE),
            Flaw.COMMITS_DESPITE_A_NO, EnumSet.of(Rule.AGREEMENT),
            Flaw.ANSWERS_FROM_MEMORY_ONLY, EnumSet.of(Rule.REPLY_TRUE, Rule.TERMINATION),
            Flaw.ACKS_BEFORE_THE_FORCE, EnumSet.of(Rule.HEURISTIC_REPORTED),
            Flaw.LOSES_THE_PARTICIPANT_LIST, EnumSet.of(Rule.HEURISTIC_REPORTED),
            Flaw.READS_A_STALE_FENCE, EnumSet.of(Rule.DECISION_DURABLE),
            // A disk that lies breaks whatever rests on it, its log's own opening first.
            Flaw.DISK_OF_COORDINATORS_LIES,
                    EnumSet.of(Rule.FENCED, Rule.HEURISTIC_REPORTED, Rule.REPLY_TRUE, Rule.TERMINATION),
            Flaw.DISK_OF_PARTICIPANTS_LIES, EnumSet.of(Rule.TERMINATION));

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void a_flaw_is_caught_by_the_rule_that_it_breaks(Flaw flaw) {
        Rule expected = flaw.breaks().orElseThrow();
        List<Rule> broken = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS && !broken.contains(expected); seed++) {
            Simulation.run(STORMY, seed, flaw).violation().map(Violation::rule).ifPresent(broken::add);
        }
        assertTrue(broken.contains(expected), () -> flaw + " broke only " + broken + " in " + SEEDS + " seeds");
        Set<Rule> allowed = EnumSet.of(expected);
        allowed.addAll(ALSO.getOrDefault(flaw, Set.of()));
        assertTrue(allowed.containsAll(broken), () -> flaw + " broke also " + broken);
    }

    @Test
    void every_rule_has_a_flaw_that_breaks_it() {
        Set<Rule> breakable = Arrays.stream(Flaw.values())
                .flatMap(flaw -> flaw.breaks().stream())
                .collect(Collectors.toSet());
        assertEquals(EnumSet.allOf(Rule.class), breakable);
    }

    @Test
    void a_broken_rule_stands_in_the_transcript_at_its_step() {
        Trace trace = Simulation.trace(STORMY, 1, Flaw.SENDS_COMMIT_BEFORE_THE_FORCE);
        Violation violation = trace.result().violation().orElseThrow();
        List<TraceEntry> about = trace.about(violation.transaction(), 60);
        assertTrue(
                about.stream()
                        .anyMatch(
                                entry -> entry.step() == violation.step() && entry.what() instanceof TraceEntry.Broken),
                trace::text);
    }
}
