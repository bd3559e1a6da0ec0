package dev.avow.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules are sharp: a protocol with one flaw is caught by the rule that forbids it, with a short history. */
class BrokenProtocolTest {
    private static final int HISTORIES = 500;
    private static final int LONGEST = 60;
    private static final long SEED = 2026;

    static List<Broken> broken() {
        return Stream.concat(Stream.of(BrokenCoordinator.values()), Stream.of(BrokenParticipant.values()))
                .map(Broken.class::cast)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void a_flaw_is_caught_by_its_rule(Broken protocol) {
        Broken.Flaw flaw = protocol.flaw();
        List<Run> failures = failures(protocol);
        Set<Rule> brokenFirst = failures.stream()
                .flatMap(run -> run.broken().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
        assertEquals(flaw.everBrokenFirst(), brokenFirst, () -> protocol + " breaks " + brokenFirst);

        Run found = failures.stream()
                .filter(run -> run.broken().contains(flaw.rule()))
                .min(Comparator.comparingInt(run -> run.transcript().size()))
                .orElseThrow();
        Run shrunk = new Shrinker(protocol, run -> run.broken().contains(flaw.rule())).shrunk(found);
        assertTrue(shrunk.transcript().size() <= flaw.mostSteps(), shrunk::report);
    }

    @Test
    void every_rule_has_a_flaw_that_breaks_it() {
        Set<Rule> rules = broken().stream()
                .map(protocol -> protocol.flaw().rule())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
        assertEquals(EnumSet.allOf(Rule.class), rules);
    }

    private static List<Run> failures(Broken protocol) {
        Random random = new Random(SEED);
        return Stream.generate(() -> random.ints(random.nextInt(LONGEST), 0, Moves.CHOICES)
                        .boxed()
                        .toList())
                .limit(HISTORIES)
                .map(choices -> Run.of(protocol, protocol.flaw().config(), choices))
                .filter(run -> !run.keepsEveryRule())
                .toList();
    }
}
