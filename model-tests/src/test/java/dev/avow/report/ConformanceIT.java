package dev.avow.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.models.ModelReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs when all tests have left their figures: compares those that must be equal, and writes target/conformance.html for
 * people.
 */
class ConformanceIT {
    private static final Pattern GENERATED = Pattern.compile("([\\d,]+) states generated, ([\\d,]+) distinct");
    private static final Path REPORT = Path.of("target", "conformance.html");
    private static final double LEAST_KILLED = 0.95;

    private static final Path ROOT = Path.of(System.getProperty("avow.root", ".."));
    private static final Path MODELS = Path.of("target", "models");

    /** Without one of them, a table of the page is empty. */
    private static final Set<String> WANTED = Set.of(
            "mutants-code",
            "mutants-simulator",
            "mutants-spec",
            "simulator-properties",
            "simulator-seeds",
            "simulator-steps",
            "traces");

    private final Instant buildStarted = Instant.parse(System.getProperty("avow.build.started", ""));
    private final Map<String, Map<String, String>> figures = Figures.readAll(
            List.of(Figures.FOLDER, ROOT.resolve(Path.of("src", "simulator").resolve(Figures.FOLDER))), buildStarted);

    @Test
    void the_code_the_oracle_and_tlc_find_the_same_number_of_states_and_steps() throws IOException {
        Map<String, Map<String, String>> compared = new TreeMap<>();
        figures.forEach((name, values) -> {
            if (Files.exists(logOf(name.substring(name.indexOf('-') + 1))) && name.startsWith("bisimulation-")) {
                compared.put(name.substring("bisimulation-".length()), values);
            }
        });
        assertEquals(5, compared.size(), compared::toString);
        for (Map.Entry<String, Map<String, String>> instance : compared.entrySet()) {
            MatchResult tlc = lastCounts(instance.getKey());
            long generated = number(tlc.group(1));
            long distinct = number(tlc.group(2));
            Map<String, String> ours = instance.getValue();
            String oneInitialState = Long.toString(generated - 1);
            assertEquals(oneInitialState, ours.get("codeEdges"), instance.getKey());
            assertEquals(oneInitialState, ours.get("specEdges"), instance.getKey());
            assertEquals(Long.toString(distinct), ours.get("specStates"), instance.getKey());
        }
    }

    @Test
    void every_test_that_measures_has_left_its_figures_in_this_build() {
        assertTrue(figures.keySet().containsAll(WANTED), "there are only " + figures.keySet());
    }

    @Test
    void every_model_was_run_in_this_build() {
        assertEquals(
                List.of(),
                models().stream().filter(row -> row.contains("not run")).toList());
    }

    private List<List<String>> models() {
        return ModelReport.rows(ROOT.resolve("spec"), MODELS, buildStarted);
    }

    @Test
    void every_mutant_that_no_unit_test_kills_is_explained() throws IOException {
        Mutations mutations = Mutations.read(Mutations.REPORT, buildStarted);
        assertEquals(Survivors.explained().keySet(), mutations.survivors(), "explain it, or test what it breaks");
        assertTrue(
                mutations.killed() >= LEAST_KILLED * mutations.all(),
                mutations.killed() + " of " + mutations.all() + " killed");
    }

    @Test
    void the_figures_are_there_for_people_to_read() throws IOException {
        Mutations mutations = Mutations.read(Mutations.REPORT, buildStarted);
        Page page = new Page(
                "Avow: the code and its specification",
                "Written by mvn verify. Every number was measured by the tests of this build.");
        page.table(
                "Models",
                "Each model of spec/MODELS.md, what it must show, and what TLC said of it.",
                ModelReport.columns(),
                models());
        page.table(
                "Bisimulation",
                "Every step of the protocol functions is a step of spec/TwoPhaseCommit.tla, and the other way round: steps of"
                        + " the code = steps of the oracle = states that TLC generates, less the initial one.",
                List.of(
                        "model",
                        "states of the code",
                        "as the specification sees them",
                        "steps of the code",
                        "of the oracle"),
                rows("bisimulation-", "codeStates", "specStates", "codeEdges", "specEdges"));
        page.table(
                "Traces",
                "What the threaded engine did on real files, through kills (SIGKILL), is a behaviour of the specification.",
                List.of("trace", "events", "kills", "transactions", "that lived through a kill"),
                rows("traces", "events", "kills", "transactions", "transactionsThroughAKill"));
        page.table(
                "Mutants",
                "One flaw each: in the protocol functions, in the simulated processes and disks, or in the specification"
                        + " (…Broken); and which judge tells it from what is right. An empty cell: not put to that judge."
                        + " The unit tests are the random histories of the property suite; the traces are what the engine"
                        + " would have left of these histories, put to the judge of its traces.",
                MutantTable.columns(),
                new MutantTable(figures).rows());
        page.table(
                "PIT",
                "Mutants of the protocol module, killed by its unit tests alone.",
                List.of("mutants", "killed", "survivors, each explained"),
                List.of(List.of(
                        grouped(mutations.all()),
                        grouped(mutations.killed()),
                        grouped(mutations.survivors().size()))));
        simulated(page);
        Files.writeString(REPORT, page.html());
        assertTrue(Files.size(REPORT) > 0);
    }

    /** What was simulated: a table for each test, as it has left it. */
    private void simulated(Page page) {
        List<String> columns = List.of("figure", "value");
        page.table(
                "Simulator: seeds",
                "Consecutive seeds of the usual settings, and how often each rare event happened.",
                columns,
                pairs("simulator-seeds"));
        page.table(
                "Simulator: properties",
                "Worlds of any settings, drawn by jqwik, and in how many of them each rare event happened.",
                columns,
                pairs("simulator-properties"));
        page.table(
                "Simulator: steps",
                "Simulated steps that were put to the specification one by one.",
                columns,
                pairs("simulator-steps"));
    }

    private List<List<String>> rows(String prefix, String... names) {
        List<List<String>> rows = new ArrayList<>();
        figures.forEach((name, values) -> {
            if (name.startsWith(prefix)) {
                List<String> row = new ArrayList<>(List.of(name.replaceFirst("^bisimulation-", "")));
                Stream.of(names).forEach(one -> row.add(grouped(Long.parseLong(values.getOrDefault(one, "0")))));
                rows.add(row);
            }
        });
        return rows;
    }

    private List<List<String>> pairs(String name) {
        return figures.getOrDefault(name, Map.of()).entrySet().stream()
                .map(figure -> List.of(figure.getKey(), grouped(Long.parseLong(figure.getValue()))))
                .toList();
    }

    private static String grouped(long number) {
        return String.format("%,d", number);
    }

    private static Path logOf(String model) {
        return MODELS.resolve(model).resolve("tlc.log");
    }

    /** TLC reports its progress, too: the last counts are the whole. */
    private static MatchResult lastCounts(String model) throws IOException {
        String log = Files.readString(logOf(model));
        return GENERATED
                .matcher(log)
                .results()
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new IllegalStateException("TLC gave no counts for " + model));
    }

    private static long number(String digits) {
        return Long.parseLong(digits.replace(",", ""));
    }
}
