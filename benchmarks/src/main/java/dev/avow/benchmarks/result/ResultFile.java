package dev.avow.benchmarks.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.avow.benchmarks.text.Complaint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A JMH result on disk: JSON, an array of entries. */
public final class ResultFile {
    private static final JsonMapper JSON = new JsonMapper();

    private ResultFile() {}

    /**
     * Reads what JMH or the command run has written.
     *
     * @throws Complaint if there is no such file, or something else in it
     */
    public static Result read(Path file) {
        ArrayNode entries = tree(file);
        if (entries.isEmpty()) {
            throw new Complaint(file + " holds no benchmark: measure some first, for example with \"run short\"");
        }
        List<Measured> measured = new ArrayList<>();
        for (JsonNode entry : entries) {
            try {
                measured.add(measured(entry));
            } catch (IllegalArgumentException broken) {
                throw notJmh(file, "entry " + measured.size() + ": " + broken.getMessage(), broken);
            }
        }
        long distinct = measured.stream().map(Measured::benchmark).distinct().count();
        if (distinct < measured.size()) {
            throw new Complaint(file + " has " + measured.size() + " entries about " + distinct
                    + " benchmarks: give one result, not several one after the other");
        }
        return new Result(
                measured,
                Optional.of(entries.path(0).path("run"))
                        .filter(JsonNode::isObject)
                        .map(RunNote::of));
    }

    static ArrayNode tree(Path file) {
        try {
            if (JSON.readTree(Files.readAllBytes(file)) instanceof ArrayNode array) {
                return array;
            }
            throw notJmh(file, "it is no array", new IllegalArgumentException());
        } catch (NoSuchFileException missing) {
            throw new Complaint("there is no file " + file + ": name a result of JMH in JSON (-rf json)", missing);
        } catch (JsonProcessingException broken) {
            throw notJmh(file, broken.getOriginalMessage(), broken);
        } catch (IOException failure) {
            throw new Complaint(file + " can't be read: " + failure.getMessage(), failure);
        }
    }

    private static Complaint notJmh(Path file, String why, Exception cause) {
        return new Complaint(file + " is no result of JMH in JSON (-rf json): " + why, cause);
    }

    /** Replaces the file as a whole, so that whoever stops the command finds the old one or the new one. */
    static void write(Path file, ArrayNode entries) {
        Path absolute = file.toAbsolutePath();
        try {
            Path folder = Optional.ofNullable(absolute.getParent()).orElse(absolute);
            Files.createDirectories(folder);
            Path next = Files.createTempFile(folder, "result", ".json");
            JSON.writerWithDefaultPrettyPrinter().writeValue(next.toFile(), entries);
            Files.move(next, absolute, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(file + " can't be written", failure);
        }
    }

    private static Measured measured(JsonNode entry) {
        Map<String, Samples> secondary = new LinkedHashMap<>();
        entry.path("secondaryMetrics").properties().forEach(metric -> {
            try {
                // JMH before 1.37 marks a profiler's metrics by a dot in the middle.
                secondary.put(metric.getKey().replace("·", ""), samples(metric.getValue()));
            } catch (IllegalArgumentException unread) {
                // Some profilers report what has no numbers; nobody asked for that one.
            }
        });
        return new Measured(benchmark(entry), samples(required(entry, "primaryMetric")), secondary);
    }

    static Benchmark benchmark(JsonNode entry) {
        Map<String, String> params = new LinkedHashMap<>();
        entry.path("params")
                .properties()
                .forEach(param -> params.put(param.getKey(), param.getValue().asText()));
        return new Benchmark(
                required(entry, "benchmark").asText(),
                required(entry, "mode").asText(),
                required(entry, "threads").asInt(),
                params);
    }

    private static JsonNode required(JsonNode entry, String property) {
        return Optional.ofNullable(entry.get(property))
                .orElseThrow(() -> new IllegalArgumentException("it has no \"" + property + "\""));
    }

    private static Samples samples(JsonNode metric) {
        JsonNode raw = metric.path("rawData");
        List<List<Double>> forks = raw.isArray()
                ? forks(
                        raw,
                        iteration -> Optional.of(iteration)
                                .filter(JsonNode::isNumber)
                                .map(JsonNode::asDouble))
                : forks(required(metric, "rawDataHistogram"), ResultFile::meanOfHistogram);
        return new Samples(forks, metric.path("scoreUnit").asText());
    }

    private static List<List<Double>> forks(JsonNode raw, Iteration iteration) {
        return stream(raw)
                .map(fork -> stream(fork)
                        .flatMap(each -> iteration.read(each).stream())
                        .toList())
                .filter(fork -> !fork.isEmpty())
                .toList();
    }

    private interface Iteration {
        Optional<Double> read(JsonNode json);
    }

    /** In the mode "sample" an iteration is a list of pairs: a time, and how often. */
    private static Optional<Double> meanOfHistogram(JsonNode pairs) {
        double count =
                stream(pairs).mapToDouble(pair -> pair.path(1).asDouble()).sum();
        double sum = stream(pairs)
                .mapToDouble(pair -> pair.path(0).asDouble() * pair.path(1).asDouble())
                .sum();
        return Optional.of(sum / count).filter(Double::isFinite);
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
