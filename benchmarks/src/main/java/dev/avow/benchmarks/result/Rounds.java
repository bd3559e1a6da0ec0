package dev.avow.benchmarks.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.openjdk.jmh.util.ListStatistics;

/**
 * Several rounds of measurements in one result: what was measured once in each round becomes one entry with as many forks.
 * JMH itself would measure all forks of a benchmark one after the other; over rounds, a disk that is slow for a minute slows
 * a benchmark and its limit alike.
 */
public final class Rounds {
    private static final double CONFIDENCE = 0.999;
    private static final List<String> PERCENTILES =
            List.of("0.0", "50.0", "90.0", "95.0", "99.0", "99.9", "99.99", "99.999", "99.9999", "100.0");

    private final RunNote run;
    private final Map<Benchmark, ObjectNode> merged = new LinkedHashMap<>();

    public Rounds(RunNote run) {
        this.run = run;
    }

    /** Adds what JMH has written about one more process. */
    public void add(Path result) {
        for (JsonNode each : ResultFile.tree(result)) {
            ObjectNode entry = (ObjectNode) each;
            // A path of this machine, which tells nobody anything: the note of the run has the JVM.
            entry.remove("jvm");
            merged.merge(ResultFile.benchmark(entry), entry, Rounds::merge).set("run", run.json());
        }
    }

    public boolean isEmpty() {
        return merged.isEmpty();
    }

    public void write(Path file) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        entries.addAll(merged.values());
        ResultFile.write(file, entries);
    }

    private static ObjectNode merge(ObjectNode sofar, ObjectNode more) {
        sofar.put("forks", sofar.path("forks").asInt() + more.path("forks").asInt());
        ObjectNode primary = (ObjectNode) sofar.path("primaryMetric");
        append(primary, more.path("primaryMetric"));
        summarize(primary, numbers(primary.path("rawData")));
        ObjectNode secondary = sofar.withObjectProperty("secondaryMetrics");
        more.path("secondaryMetrics").properties().forEach(metric -> {
            String name = metric.getKey();
            if (secondary.get(name) instanceof ObjectNode known) {
                // JMH adds up some of these and averages others: the mean over the rounds is right for both.
                double[] scores = DoubleStream.concat(scores(known), scores(metric.getValue()))
                        .toArray();
                append(known, metric.getValue());
                summarize(known, scores);
                ArrayNode all = known.putArray("scoresOfRounds");
                DoubleStream.of(scores).forEach(all::add);
            } else {
                secondary.set(name, metric.getValue());
            }
        });
        return sofar;
    }

    private static DoubleStream scores(JsonNode metric) {
        return Optional.of(metric.path("scoresOfRounds"))
                .filter(JsonNode::isArray)
                .map(array -> DoubleStream.of(numbers(array)))
                .orElseGet(() -> DoubleStream.of(metric.path("score").asDouble()));
    }

    private static void append(ObjectNode metric, JsonNode more) {
        for (String raw : List.of("rawData", "rawDataHistogram")) {
            if (metric.get(raw) instanceof ArrayNode forks && more.get(raw) instanceof ArrayNode others) {
                forks.addAll(others);
            }
        }
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .flatMapToDouble(each -> each.isArray()
                        ? DoubleStream.of(numbers(each))
                        : DoubleStream.of(each.asDouble()).filter(any -> each.isNumber()))
                .toArray();
    }

    private static void summarize(ObjectNode metric, double[] numbers) {
        if (numbers.length == 0) {
            return;
        }
        ListStatistics statistics = new ListStatistics(numbers);
        metric.put("score", statistics.getMean()).put("scoreError", statistics.getMeanErrorAt(CONFIDENCE));
        ArrayNode confidence = metric.putArray("scoreConfidence");
        DoubleStream.of(statistics.getConfidenceIntervalAt(CONFIDENCE)).forEach(confidence::add);
        ObjectNode percentiles = metric.putObject("scorePercentiles");
        PERCENTILES.forEach(each -> percentiles.put(each, statistics.getPercentile(Double.parseDouble(each))));
    }
}
