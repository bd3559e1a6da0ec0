package dev.avow.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.report.Figures;
import dev.avow.simulator.Flaw;
import dev.avow.simulator.Settings;
import dev.avow.simulator.Simulation;
import dev.avow.simulator.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which judge tells a protocol with one flaw, or a specification with one, from the right one. */
class MutantTest {
    private static final int HISTORIES = 300;
    private static final int LONGEST = 60;
    private static final long SEED = 2026;
    private static final int MOST_SEEDS = 100;

    /** What else is wrong leaves no trace that the right protocol couldn't leave. */
    private static final Set<String> SEEN_IN_TRACES = Set.of(
            "ACKNOWLEDGES_WHAT_IT_CONTRADICTS",
            "ANSWERS_A_PEER_AND_VOTES_YES",
            "ANSWERS_UNKNOWN_WITH_ABORTED",
            "ANSWERS_WHILE_DECIDING",
            "COMMITS_DESPITE_A_NO",
            "COMMITS_WITH_A_VOTE_MISSING",
            "COUNTS_READ_ONLY_AS_ACK",
            "FORGETS_BEFORE_THE_LAST_ACK",
            "HAS_NO_FENCE",
            "IGNORES_THE_REFUSAL",
            "LOSES_THE_PARTICIPANT_LIST",
            "PRESUMES_FOR_ITS_PEERS",
            "RECORDS_NO_LIST",
            "SENDS_COMMIT_BEFORE_THE_FORCE",
            "TAKES_UNKNOWN_FOR_ABORTED");

    private final Path folder;

    MutantTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** @param unitTests whether a random history of the property suite breaks a rule */
    private record Row(String mutant, boolean bisimulation, boolean unitTests, boolean traces) {}

    @Test
    void every_mutant_of_the_code_is_caught() {
        List<Row> rows = new ArrayList<>();
        BrokenProtocolTest.broken()
                .forEach(broken -> rows.add(judged(broken, broken.flaw().config())));
        Stream.of(WrongRefusal.values()).forEach(refusal -> rows.add(judged(refusal, refusal.config())));
        write("mutants-code", "", rows);
        assertTrue(rows.size() >= 25, rows.size() + " mutants");
        assertEquals(List.of(), rows.stream().filter(row -> !row.bisimulation()).toList());
        // What the judges are for: rules see what is forbidden, and nobody but the bisimulation what is missing.
        assertEquals(
                List.of(),
                rows.stream()
                        .filter(row -> row.unitTests() == isWrongRefusal(row))
                        .toList());
        assertEquals(
                SEEN_IN_TRACES,
                rows.stream().filter(Row::traces).map(Row::mutant).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void the_traces_of_the_right_protocol_are_never_refused() {
        Stream.concat(
                        BrokenProtocolTest.broken().stream()
                                .map(broken -> broken.flaw().config()),
                        Stream.of(WrongRefusal.values()).map(WrongRefusal::config))
                .distinct()
                .forEach(config -> assertFalse(
                        WorldTraces.anyRefused(folder, config, runs(Protocol.PRODUCTION, config)), config::toString));
    }

    private static boolean isWrongRefusal(Row row) {
        return Stream.of(WrongRefusal.values())
                .anyMatch(refusal -> refusal.name().equals(row.mutant()));
    }

    private Row judged(Broken protocol, WorldConfig config) {
        Instance instance = Instance.made(folder, config, false);
        List<Run> runs = runs(protocol, config);
        return new Row(
                protocol.toString(),
                instance.compare(protocol).difference().isPresent(),
                runs.stream().anyMatch(run -> !run.keepsEveryRule()),
                WorldTraces.anyRefused(folder, config, runs));
    }

    private static List<Run> runs(Protocol protocol, WorldConfig config) {
        Random random = new Random(SEED);
        return Stream.generate(() -> random.ints(random.nextInt(LONGEST), 0, Moves.CHOICES)
                        .boxed()
                        .toList())
                .limit(HISTORIES)
                .map(choices -> Run.of(protocol, config, choices))
                .toList();
    }

    @Test
    void every_broken_specification_differs_from_the_code() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (Stream<Path> models = Files.list(SpecNames.ROOT.resolve("spec/broken"))) {
            models.map(model -> String.valueOf(model.getFileName()))
                    .filter(name -> name.endsWith("Broken.cfg"))
                    .map(name -> name.replace(".cfg", ""))
                    .sorted()
                    .forEach(name -> rows.add(new Row(
                            name,
                            Instance.broken(name)
                                    .compare(Protocol.PRODUCTION)
                                    .difference()
                                    .isPresent(),
                            false,
                            false)));
        }
        write("mutants-spec", "models, ", rows);
        assertTrue(rows.size() >= 14, rows.size() + " broken models");
        assertEquals(List.of(), rows.stream().filter(row -> !row.bisimulation()).toList());
    }

    @Test
    void every_flaw_of_a_simulated_world_is_caught() {
        Settings stormy = Settings.parse("disk-faults=60,takeovers=5,alone=10");
        Figures figures = Figures.of("mutants-simulator");
        for (Flaw flaw : Flaw.values()) {
            if (flaw == Flaw.NONE) {
                continue;
            }
            Optional<Violation> first = LongStream.rangeClosed(1, MOST_SEEDS)
                    .mapToObj(seed -> Simulation.run(stormy, seed, flaw).violation())
                    .flatMap(Optional::stream)
                    .findFirst();
            assertTrue(first.isPresent(), flaw + " isn't caught in " + MOST_SEEDS + " seeds");
            figures.with(flaw.name(), "simulator: " + first.orElseThrow().rule());
        }
        figures.write();
    }

    /** @param caughtElsewhere what ModelTableTest requires of all of them */
    private static void write(String name, String caughtElsewhere, List<Row> rows) {
        Figures figures = Figures.of(name);
        rows.forEach(row -> figures.with(
                row.mutant(),
                caughtElsewhere
                        + (row.bisimulation() ? "bisimulation, " : "")
                        + (row.unitTests() ? "unit tests, " : "")
                        + (row.traces() ? "traces" : "")));
        figures.write();
    }
}
