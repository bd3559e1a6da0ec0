package dev.avow.benchmarks.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.benchmarks.manager.Slowed;
import dev.avow.benchmarks.text.Complaint;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;

class PlansTest {
    @Test
    void the_short_one_ends_within_5_minutes_and_the_full_one_within_an_hour() {
        // JMH's own starts and ends take a little longer than is expected.
        assertTrue(Plans.shortPlan().expected().toSeconds() < 270);
        assertTrue(Plans.fullPlan().expected().toMinutes() < 55);
    }

    @Test
    void the_short_one_needs_no_peer() {
        assertEquals(Set.of(), Plans.shortPlan().peers());
    }

    @Test
    void every_cell_is_a_benchmark() {
        Stream.of(Plans.shortPlan(), Plans.fullPlan())
                .flatMap(plan -> plan.cells().stream())
                .forEach(cell -> assertTrue(
                        Arrays.stream(cell.in().getMethods())
                                .anyMatch(method -> method.getName().equals(cell.method())
                                        && method.isAnnotationPresent(Benchmark.class)),
                        cell::label));
    }

    @Test
    void no_cell_is_measured_twice_in_a_round() {
        List<String> labels = Plans.fullPlan().cells().stream().map(Cell::label).toList();
        assertEquals(labels.size(), Set.copyOf(labels).size());
    }

    @Test
    void every_peer_has_a_class_path_and_avow_needs_none() {
        Stream.of(Peers.DURABLE, Peers.VOLATILE)
                .flatMap(List::stream)
                .forEach(manager -> assertTrue(Peers.folderOf(manager).isPresent(), manager));
        assertEquals(Optional.empty(), Peers.folderOf(Peers.AVOW));
    }

    @Test
    void what_takes_minutes_is_measured_once() {
        Plan plan = Plans.fullPlan();
        assertTrue(plan.ofRound(0).size() > plan.ofRound(1).size());
    }

    @Test
    void only_what_matches_is_left() {
        List<Cell> cells =
                Plans.shortPlan().only(Optional.of("durable.*\\b1 thread$")).cells();
        assertEquals(
                List.of("Durable limitOneForce, 1 thread", "Durable transaction, avow, 1 thread"),
                cells.stream().map(Cell::label).toList());
    }

    @Test
    void without_peers_avow_and_its_limits_are_left() {
        Plan plan = Plans.fullPlan();
        Plan without = plan.without(plan.peers());
        assertEquals(Set.of(), without.peers());
        assertFalse(without.cells().isEmpty());
    }

    @Test
    void jmh_is_told_what_a_cell_says() {
        Cell cell = Plans.shortPlan()
                .only(Optional.of("Durable transaction.* 8 threads"))
                .cells()
                .get(0);
        String arguments = String.join(" ", cell.arguments());
        assertTrue(arguments.contains("DurableBenchmark.transaction"), arguments);
        assertTrue(arguments.contains("-f 1 -foe true -prof gc -t 8 -p manager=avow"), arguments);
        assertTrue(arguments.contains("-wi 1 -w 400ms -i 2 -r 400ms"), arguments);
        assertTrue(arguments.contains("-jvmArgsAppend -Ddev.avow.benchmarks.warmUpMillis=1700"), arguments);
    }

    @Test
    void avow_is_slowed_on_purpose_and_its_limits_are_not() {
        List<String> slowed = Plans.shortPlan().slowed(Optional.of(Slowed.EXTRA_FORCE)).cells().stream()
                .filter(cell -> String.join(" ", cell.arguments()).contains("slowed=EXTRA_FORCE"))
                .map(Cell::method)
                .distinct()
                .toList();
        assertEquals(List.of("transaction"), slowed);
    }

    @Test
    void what_matches_nothing_or_measures_nothing_is_refused() {
        Plan plan = Plans.shortPlan();
        complains(() -> plan.only(Optional.of("nonsense")), "\"nonsense\" matches no cell");
        complains(() -> plan.only(Optional.of("(")), "no regular expression");
        complains(() -> plan.rounds(Optional.of(0)), "--rounds 0");
    }

    private static void complains(org.junit.jupiter.api.function.Executable call, String part) {
        String said = String.valueOf(assertThrows(Complaint.class, call).getMessage());
        assertTrue(said.contains(part), said);
    }
}
