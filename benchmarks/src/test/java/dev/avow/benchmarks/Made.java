package dev.avow.benchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A result of JMH, made by hand: as little of it as a reader needs. */
public final class Made {
    private static final JsonMapper JSON = new JsonMapper();

    private final ArrayNode entries = JSON.createArrayNode();

    /** Adds a rate, with one iteration in each fork. */
    public Made rate(String method, int threads, Map<String, String> params, double... forks) {
        return add("thrpt", "ops/s", method, threads, params, forks);
    }

    public Made time(String method, int threads, Map<String, String> params, double... forks) {
        return add("avgt", "us/op", method, threads, params, forks);
    }

    private Made add(
            String mode, String unit, String method, int threads, Map<String, String> params, double... forks) {
        ObjectNode entry = entries.addObject()
                .put("benchmark", "dev.avow.benchmarks." + method)
                .put("mode", mode)
                .put("threads", threads)
                .put("forks", forks.length);
        params.forEach(entry.putObject("params")::put);
        metric(entry.putObject("primaryMetric"), unit, forks);
        entry.putObject("secondaryMetrics");
        return this;
    }

    /** Adds a secondary metric to the last entry. */
    public Made and(String metric, double... forks) {
        ObjectNode last = (ObjectNode) entries.get(entries.size() - 1);
        metric(last.withObjectProperty("secondaryMetrics").putObject(metric), "#", forks);
        return this;
    }

    /** Measured on a machine with this processor. */
    public Made on(String cpu) {
        entries.forEach(entry -> ((ObjectNode) entry).putObject("run").put("cpu", cpu));
        return this;
    }

    /** The last entry in another unit. */
    public Made in(String unit) {
        ((ObjectNode) entries.get(entries.size() - 1).path("primaryMetric")).put("scoreUnit", unit);
        return this;
    }

    private static void metric(ObjectNode metric, String unit, double... forks) {
        metric.put("score", forks[0]).put("scoreUnit", unit);
        ArrayNode raw = metric.putArray("rawData");
        for (double each : forks) {
            raw.addArray().add(each);
        }
    }

    public Path in(Path file) throws IOException {
        return Files.write(file, JSON.writeValueAsBytes(entries));
    }
}
