package dev.avow.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.benchmarks.Made;
import dev.avow.benchmarks.result.Measured;
import dev.avow.benchmarks.result.ResultFile;
import dev.avow.benchmarks.text.Complaint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    private static final Map<String, String> AVOW = Map.of("manager", "avow");
    private static final Map<String, String> NONE = Map.of();
    private static final String TRANSACTION = "DurableBenchmark.transaction";
    private static final String LIMIT = "DurableBenchmark.limitOneForce";
    private static final String OTHER_LIMIT = "DurableBenchmark.limitWriterThread";
    private static final double[] STEADY = {5000, 5050, 4950, 5010, 4990, 5020};

    @TempDir
    private Path folder;

    private Comparison compare(Made base, Made now) throws IOException {
        return new Comparison(
                ResultFile.read(base.in(folder.resolve("base.json"))),
                ResultFile.read(now.in(folder.resolve("new.json"))),
                0.2);
    }

    private static double[] times(double factor, double... numbers) {
        return DoubleStream.of(numbers).map(each -> each * factor).toArray();
    }

    private static Made made(double share) {
        return new Made()
                .rate(LIMIT, 1, NONE, STEADY)
                .rate(TRANSACTION, 1, AVOW, times(share, 4950, 5060, 4950, 5000, 5010, 5000));
    }

    private static Row rowOf(Comparison comparison, String method) {
        return comparison.rows().stream()
                .filter(row -> row.benchmark().method().equals(method))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_loss_beyond_noise_fails() throws IOException {
        Comparison comparison = compare(made(0.9), made(0.6));
        assertEquals(Verdict.WORSE, rowOf(comparison, "transaction").verdict());
        assertEquals(1, comparison.lost().size());
        assertFalse(comparison.isFine());
        String text = new ComparisonReport(comparison).text();
        assertTrue(text.contains("slower: LOST"), text);
        assertTrue(text.contains("Lost: Durable transaction, avow, 1 thread, -33.3 %"), text);
    }

    @Test
    void unchanged_code_is_fine() throws IOException {
        Comparison comparison = compare(made(0.9), made(0.9));
        assertEquals(Verdict.UNCLEAR, rowOf(comparison, "transaction").verdict());
        assertTrue(comparison.isFine());
        assertTrue(new ComparisonReport(comparison).text().contains("Nothing is lost"));
    }

    @Test
    void a_small_loss_is_told_but_let_pass() throws IOException {
        Comparison comparison = compare(made(0.9), made(0.8));
        assertEquals(Verdict.WORSE, rowOf(comparison, "transaction").verdict());
        assertTrue(comparison.isFine());
    }

    @Test
    void a_gain_is_faster() throws IOException {
        assertEquals(
                Verdict.BETTER,
                rowOf(compare(made(0.6), made(0.9)), "transaction").verdict());
    }

    @Test
    void a_slower_machine_is_no_loss() throws IOException {
        Made slower = new Made()
                .rate(LIMIT, 1, NONE, times(0.3, STEADY))
                .rate(TRANSACTION, 1, AVOW, times(0.27, 4950, 5060, 4950, 5000, 5010, 5000));
        assertTrue(compare(made(0.9), slower).isFine());
    }

    @Test
    void that_it_is_another_machine_is_said() throws IOException {
        String another =
                new ComparisonReport(compare(made(0.9).on("EPYC"), made(0.9).on("Xeon"))).text();
        assertTrue(another.contains("different machines"), another);
        String same =
                new ComparisonReport(compare(made(0.9).on("EPYC"), made(0.9).on("EPYC"))).text();
        assertFalse(same.contains("different machines"), same);
    }

    @Test
    void on_another_machine_only_what_is_allocated_can_be_lost() throws IOException {
        assertFalse(compare(made(0.9).on("EPYC"), made(0.3).on("EPYC")).isFine());
        assertTrue(compare(made(0.9).on("EPYC"), made(0.3).on("Xeon")).isFine());
        Made more = made(0.9).and(Measured.ALLOCATION, times(2, STEADY));
        Made less = made(0.9).and(Measured.ALLOCATION, STEADY);
        assertFalse(compare(less.on("EPYC"), more.on("Xeon")).isFine());
        String words =
                new ComparisonReport(compare(made(0.9).on("EPYC"), made(0.3).on("Xeon"))).text();
        assertTrue(words.contains("Speed was not judged"), words);
        assertFalse(words.contains("Nothing is lost"), words);
    }

    @Test
    void what_befalls_a_round_befalls_limit_and_benchmark() throws IOException {
        double[] drifting = {5000, 4000, 3000, 1000, 2500, 6000};
        Made now = new Made().rate(LIMIT, 1, NONE, drifting).rate(TRANSACTION, 1, AVOW, times(0.6, drifting));
        Row row = rowOf(compare(made(0.9), now), "transaction");
        assertTrue(row.isLost(0.2));
        assertEquals(0.6, row.now(), 1e-9);
    }

    @Test
    void an_uneven_number_of_rounds_is_compared_without_pairs() throws IOException {
        Made now = new Made()
                .rate(LIMIT, 1, NONE, 5000, 5010, 4990, 5005, 4995, 5002, 4998)
                .rate(TRANSACTION, 1, AVOW, times(0.6, 5000, 5010, 4990, 5020, 5000));
        assertTrue(rowOf(compare(made(0.9), now), "transaction").isLost(0.2));
    }

    @Test
    void the_best_limit_of_the_same_threads_and_parameters_counts() throws IOException {
        Made made = made(0.5)
                .rate(OTHER_LIMIT, 1, NONE, times(2, STEADY))
                .rate(OTHER_LIMIT, 8, NONE, times(9, STEADY))
                .rate("DurableBenchmark.limitOther", 1, Map.of("manager", "other"), times(9, STEADY));
        Row row = rowOf(compare(made, made), "transaction");
        assertEquals("of limitWriterThread", row.what());
        assertEquals(0.25, row.now(), 0.01);
    }

    @Test
    void a_better_limit_in_one_of_them_only_is_no_change() throws IOException {
        Made now = made(0.9).rate(OTHER_LIMIT, 1, NONE, times(2, STEADY));
        Comparison comparison = compare(made(0.9), now);
        assertEquals(Verdict.UNCLEAR, rowOf(comparison, "transaction").verdict());
        assertEquals(List.of("Durable limitWriterThread, 1 thread"), comparison.added());
    }

    @Test
    void a_limit_that_is_missing_fails() throws IOException {
        Made now = new Made().rate(OTHER_LIMIT, 1, NONE, STEADY).rate(TRANSACTION, 1, AVOW, times(0.9, STEADY));
        Comparison comparison = compare(made(0.9), now);
        assertEquals(
                List.of(
                        "Durable limitOneForce, 1 thread is in the base only",
                        "Durable transaction, avow, 1 thread has no limit that both results have measured"),
                comparison.missing());
        assertFalse(comparison.isFine());
    }

    @Test
    void a_benchmark_that_is_missing_fails() throws IOException {
        Comparison comparison = compare(made(0.9), new Made().rate(LIMIT, 1, NONE, STEADY));
        assertEquals(List.of("Durable transaction, avow, 1 thread is in the base only"), comparison.missing());
        assertFalse(comparison.isFine());
    }

    @Test
    void of_times_less_is_better() throws IOException {
        Made base = new Made()
                .time("DatabasesBenchmark.limitByHand", 1, NONE, STEADY)
                .time("DatabasesBenchmark.avow", 1, NONE, times(1.1, STEADY));
        Made now = new Made()
                .time("DatabasesBenchmark.limitByHand", 1, NONE, STEADY)
                .time("DatabasesBenchmark.avow", 1, NONE, times(2, STEADY));
        Row row = rowOf(compare(base, now), "avow");
        assertEquals(1 / 1.1, row.base(), 1e-9);
        assertEquals(0.5, row.now(), 1e-9);
        assertTrue(row.isLost(0.2));
    }

    @Test
    void without_a_limit_it_is_compared_by_itself() throws IOException {
        Made base = new Made().time("ReopenBenchmark.open", 1, NONE, STEADY);
        Row row = rowOf(compare(base, new Made().time("ReopenBenchmark.open", 1, NONE, times(2, STEADY))), "open");
        assertEquals("us/op", row.what());
        assertTrue(row.isLost(0.2));
    }

    @Test
    void a_limit_itself_is_not_judged() throws IOException {
        Made base = new Made().rate(LIMIT, 1, NONE, STEADY);
        assertTrue(compare(base, new Made().rate(LIMIT, 1, NONE, times(0.1, STEADY)))
                .isFine());
    }

    @Test
    void a_third_more_allocation_fails_and_a_tenth_does_not() throws IOException {
        Made base = made(0.9).and(Measured.ALLOCATION, 900, 900, 900);
        assertTrue(
                compare(base, made(0.9).and(Measured.ALLOCATION, 990, 990, 990)).isFine());
        Comparison comparison = compare(base, made(0.9).and(Measured.ALLOCATION, 1200, 1200, 1200));
        assertFalse(comparison.isFine());
        String text = new ComparisonReport(comparison).text();
        assertTrue(text.contains("bytes allocated +33.3 %"), text);
    }

    @Test
    void a_latency_is_shown_but_not_judged() throws IOException {
        Comparison comparison =
                compare(made(0.9).and("p99Micros", 100, 101, 99), made(0.9).and("p99Micros", 200, 201, 199));
        assertTrue(comparison.isFine());
        String text = new ComparisonReport(comparison).text();
        assertTrue(text.contains("more (not judged)"), text);
    }

    @Test
    void a_single_fork_is_compared_by_its_iterations_and_says_so() throws IOException {
        Comparison comparison = compare(new Made().rate(LIMIT, 1, NONE, 1), new Made().rate(LIMIT, 1, NONE, 2));
        String text = new ComparisonReport(comparison).text();
        assertTrue(text.contains("a single fork"), text);
        assertTrue(text.contains("unknown"), text);
    }

    @Test
    void results_without_anything_in_common_are_refused() throws IOException {
        String said = String.valueOf(assertThrows(
                        Complaint.class,
                        () -> compare(made(0.9), new Made().time("ReopenBenchmark.open", 1, NONE, STEADY)))
                .getMessage());
        assertTrue(said.contains("no benchmark in common"), said);
        assertTrue(said.contains("Reopen open"), said);
    }

    @Test
    void other_units_are_refused() {
        String said = String.valueOf(assertThrows(
                        Complaint.class,
                        () -> new ComparisonReport(compare(
                                        new Made().rate(LIMIT, 1, NONE, STEADY),
                                        new Made().rate(LIMIT, 1, NONE, STEADY).in("ops/ms")))
                                .text())
                .getMessage());
        assertTrue(said.contains("ops/s in the base, but in ops/ms"), said);
    }
}
