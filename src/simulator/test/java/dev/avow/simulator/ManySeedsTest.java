package dev.avow.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fixed seeds: every rule holds in each, and each rare event is among them. */
class ManySeedsTest {
    /** Some 1,000 a second; {@code -Davow.simulation.seeds=170000} makes ten million transactions. */
    private static final int SEEDS = Integer.getInteger("avow.simulation.seeds", 2_000);

    /** Where the report of the build finds it. */
    private static final Path FIGURES = Path.of("target", "conformance", "simulator-seeds.figures");

    private static final Map<Sight, Long> SEEN = new EnumMap<>(Sight.class);
    private static final Set<String> BROKEN = new TreeSet<>();

    private static long transactions;
    private static long committed;
    private static long crashes;
    private static long events;

    @BeforeAll
    static void run() throws IOException {
        long beganNanos = System.nanoTime();
        LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> Simulation.run(Settings.usual(), seed))
                .forEach(ManySeedsTest::look);
        write((System.nanoTime() - beganNanos) / 1e9);
    }

    /** A figure on each line, as {@code name=value}. */
    private static void write(double seconds) throws IOException {
        Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("seeds", SEEDS);
        figures.put("transactions", transactions);
        figures.put("committed", committed);
        figures.put("crashes", crashes);
        figures.put("events", events);
        figures.put(
                "transactions a minute, in this build, beside its other tests",
                Math.round(60 * transactions / seconds));
        figures.put("processors", Runtime.getRuntime().availableProcessors());
        for (Sight sight : Sight.values()) {
            figures.put("times: " + sight.words(), SEEN.getOrDefault(sight, 0L));
        }
        Files.createDirectories(FIGURES.getParent());
        Files.write(
                FIGURES,
                figures.entrySet().stream()
                        .map(figure -> figure.getKey() + "=" + figure.getValue())
                        .toList());
    }

    private static synchronized void look(Result result) {
        transactions += result.transactions();
        committed += result.committed();
        crashes += result.crashes();
        events += result.events();
        result.sights().forEach((sight, count) -> SEEN.merge(sight, (long) count, Long::sum));
        result.violation().ifPresent(violation -> BROKEN.add("seed " + result.seed() + ": " + violation));
    }

    @Test
    void every_rule_holds_in_every_run() {
        assertEquals(Set.of(), BROKEN);
    }

    @Test
    void no_rare_event_is_missing() {
        assertEquals(EnumSet.allOf(Sight.class), SEEN.keySet());
    }

    @Test
    void what_was_run_is_left_for_the_report_of_the_build() throws IOException {
        List<String> lines = Files.readAllLines(FIGURES);
        assertEquals("seeds=" + SEEDS, lines.get(0));
        assertTrue(lines.contains("transactions=" + transactions), lines::toString);
        assertEquals(
                Sight.values().length,
                lines.stream()
                        .filter(line -> line.matches("times: .+=[1-9]\\d*"))
                        .count());
    }

    @Test
    void worlds_of_every_size_come_to_rest() {
        for (int participants : new int[] {1, 2, 16}) {
            for (int coordinators : new int[] {1, 8}) {
                Settings settings =
                        Settings.usual().with(Knob.PARTICIPANTS, participants).with(Knob.COORDINATORS, coordinators);
                LongStream.rangeClosed(1, 20)
                        .mapToObj(seed -> Simulation.run(settings, seed))
                        .forEach(result -> assertEquals(
                                "",
                                result.violation()
                                        .map(violation -> result.seed() + ": " + violation)
                                        .orElse("")));
            }
        }
    }
}
