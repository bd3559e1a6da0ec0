package dev.avow.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.avow.report.Figures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every step of the code is a step of the specification, and the other way round, in every state of these instances. A
 * difference prints the shortest way to it and draws it.
 */
class BisimulationTest {
    @Test
    void three_participants_and_two_crashes() {
        same(Instance.listed("TwoPhaseCommit_3p2c", "3p2c", true), Set.of());
    }

    @Test
    void two_participants_and_two_crashes_or_takeovers_with_read_only_votes() {
        same(Instance.listed("TwoPhaseCommit_2p2c", "2p2ctr", false), Set.of());
    }

    @Test
    void participants_that_decide_alone() {
        same(Instance.listed("TwoPhaseCommit_heuristic", "2p1ctra", false), EnumSet.allOf(Excuse.class));
    }

    @Test
    void one_participant_alone() {
        same(Instance.listed("TwoPhaseCommit_1p2c", "1p2ctr", false), Set.of());
    }

    @Test
    void participants_that_ask_each_other() {
        same(Instance.listed("TwoPhaseCommit_peers", "2p1ctrp", false), Set.of());
    }

    static List<String> further() {
        List<String> worlds = new ArrayList<>(List.of("3p1ct", "2p1ctr", "3p0cp"));
        if (Boolean.getBoolean("avow.thorough")) {
            worlds.addAll(List.of("4p1c", "3p2ctr", "2p2ctra", "3p1crp", "2p1ctrap"));
        }
        return worlds;
    }

    @ParameterizedTest
    @MethodSource("further")
    void any_other_constants(String world) {
        same(Instance.made(temporary, WorldConfig.parse(world), true), excusesOf(world));
    }

    private static Set<Excuse> excusesOf(String world) {
        return world.contains("a") ? EnumSet.allOf(Excuse.class) : Set.of();
    }

    private static void same(Instance instance, Set<Excuse> needed) {
        Bisimulation.Result result = instance.compare(Protocol.PRODUCTION);
        Figures.of("bisimulation-"
                        + String.valueOf(instance.config().getFileName()).replace(".cfg", ""))
                .with("world", instance.world())
                .with("codeStates", result.states())
                .with("specStates", result.specStates())
                .with("codeEdges", result.codeEdges())
                .with("specEdges", result.specEdges())
                .with("excuses", result.used())
                .with("differences", result.difference().isPresent() ? 1 : 0)
                .write();
        assertEquals(Optional.empty(), result.difference().map(difference -> difference.report(instance)));
        assertEquals(result.specEdges(), result.codeEdges());
        assertEquals(needed, result.used(), "an excuse that isn't needed any more, or a new one");
    }

    @Test
    void every_action_is_taken_in_one_of_the_instances() {
        Set<String> taken = new TreeSet<>();
        for (String world : List.of("2p1ctra", "1p1ctr", "2p0cp")) {
            Instance instance = Instance.made(temporary, WorldConfig.parse(world), true);
            taken.addAll(instance.compare(Protocol.PRODUCTION).taken().keySet());
        }
        assertEquals(new TreeSet<>(SpecNames.actions()), taken);
    }

    private final Path temporary;

    BisimulationTest(@TempDir Path temporary) {
        this.temporary = temporary;
    }
}
