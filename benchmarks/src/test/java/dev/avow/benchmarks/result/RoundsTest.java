package dev.avow.benchmarks.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.avow.benchmarks.Made;
import dev.avow.benchmarks.text.Complaint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundsTest {
    private static final RunNote RUN =
            new RunNote("2026-01-01T00:00:00Z", "an OS", "a processor", 2, "8 GiB", "ext4", "a JVM", "abc");
    private static final Map<String, String> AVOW = Map.of("manager", "avow");

    @TempDir
    private Path folder;

    private Path real(String name) throws IOException {
        try (InputStream real = Optional.ofNullable(Made.class.getResourceAsStream("jmh-1.37.json"))
                .orElseThrow()) {
            Path file = folder.resolve(name);
            Files.copy(real, file);
            return file;
        }
    }

    @Test
    void what_jmh_wrote_is_read() throws IOException {
        Result result = ResultFile.read(real("real.json"));
        Measured measured = result.entries().get(0);
        assertEquals(
                new Benchmark("dev.avow.benchmarks.VolatileBenchmark.limitCheapest", "thrpt", 1, Map.of()),
                measured.benchmark());
        assertTrue(measured.benchmark().isLimit());
        assertTrue(measured.primary().isSingleFork());
        assertEquals(3, measured.primary().independent().size());
        assertEquals(
                264.0, measured.secondary(Measured.ALLOCATION).orElseThrow().mean(), 0.1);
        assertEquals(Optional.empty(), result.run());
    }

    @Test
    void rounds_of_one_benchmark_become_forks_of_one_entry() throws IOException {
        Rounds rounds = new Rounds(RUN);
        rounds.add(real("first.json"));
        rounds.add(new Made().rate("DurableBenchmark.transaction", 8, AVOW, 100).in(folder.resolve("other.json")));
        rounds.add(real("second.json"));
        rounds.add(new Made().rate("DurableBenchmark.transaction", 8, AVOW, 200).in(folder.resolve("more.json")));
        Path file = folder.resolve("new/merged.json");
        rounds.write(file);

        Result result = ResultFile.read(file);
        assertEquals(Optional.of(RUN), result.run());
        assertEquals(2, result.entries().size());
        assertEquals(2, result.entries().get(0).primary().forks().size());
        assertEquals(
                List.of(List.of(100.0), List.of(200.0)),
                result.entries().get(1).primary().forks());
        assertEquals(
                2,
                result.entries()
                        .get(0)
                        .secondary(Measured.ALLOCATION)
                        .orElseThrow()
                        .forks()
                        .size());
        JsonNode entry = new JsonMapper().readTree(file.toFile()).get(1);
        assertEquals(2, entry.path("forks").asInt());
        assertEquals(150.0, entry.path("primaryMetric").path("score").asDouble());
        assertEquals(
                150.0,
                entry.path("primaryMetric")
                        .path("scorePercentiles")
                        .path("50.0")
                        .asDouble());
        try (var left = Files.list(folder.resolve("new"))) {
            assertEquals(List.of(file), left.toList());
        }
    }

    @Test
    void other_threads_or_parameters_are_another_entry() throws IOException {
        Rounds rounds = new Rounds(RUN);
        rounds.add(new Made()
                .rate("DurableBenchmark.transaction", 8, AVOW, 100)
                .rate("DurableBenchmark.transaction", 1, AVOW, 100)
                .rate("DurableBenchmark.transaction", 8, Map.of("manager", "other"), 100)
                .in(folder.resolve("one.json")));
        Path file = folder.resolve("merged.json");
        rounds.write(file);
        assertEquals(3, ResultFile.read(file).entries().size());
    }

    @Test
    void what_is_no_result_is_refused_with_its_name() throws IOException {
        complains(folder.resolve("missing.json"), "there is no file", "-rf json");
        complains(
                Files.writeString(folder.resolve("text.json"), "Benchmark  Mode  Cnt"),
                "text.json",
                "no result of JMH");
        complains(Files.writeString(folder.resolve("object.json"), "{}"), "object.json", "no array");
        complains(Files.writeString(folder.resolve("empty.json"), "[]"), "empty.json", "no benchmark");
        complains(
                Files.writeString(folder.resolve("other.json"), "[{\"benchmark\": \"a.B.c\"}]"), "entry 0", "\"mode\"");
        complains(
                new Made()
                        .rate("DurableBenchmark.transaction", 8, AVOW, 100)
                        .rate("DurableBenchmark.transaction", 8, AVOW, 100)
                        .in(folder.resolve("twice.json")),
                "2 entries about 1");
    }

    private static void complains(Path file, String... parts) {
        String said = String.valueOf(
                assertThrows(Complaint.class, () -> ResultFile.read(file)).getMessage());
        for (String part : parts) {
            assertTrue(said.contains(part), said);
        }
    }
}
