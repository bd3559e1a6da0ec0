package dev.avow.benchmarks.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * When, where and on what a result was measured; the property "run" of its entries, which other readers of JMH's results
 * pass over.
 *
 * @param date ISO 8601, UTC
 * @param disk the file system of the folder that was written to
 * @param commit empty outside a repository
 */
public record RunNote(
        String date, String os, String cpu, int cpus, String memory, String disk, String jvm, String commit) {
    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("date", date)
                .put("os", os)
                .put("cpu", cpu)
                .put("cpus", cpus)
                .put("memory", memory)
                .put("disk", disk)
                .put("jvm", jvm)
                .put("commit", commit);
    }

    static RunNote of(JsonNode json) {
        return new RunNote(
                json.path("date").asText(),
                json.path("os").asText(),
                json.path("cpu").asText(),
                json.path("cpus").asInt(),
                json.path("memory").asText(),
                json.path("disk").asText(),
                json.path("jvm").asText(),
                json.path("commit").asText());
    }

    /** Two results with the same are of one kind of machine: a patch of the system or of the JVM makes no other. */
    public String kind() {
        return cpus + " × " + cpu + ", " + disk.replaceFirst(" on .*", "") + ", " + jvm.replaceFirst("[.+].*", "");
    }

    /** What it was measured on. */
    public String machine() {
        return cpus + " × " + cpu + ", " + memory + ", " + disk + ", " + os + ", JVM " + jvm;
    }

    /** In one line. */
    public String line() {
        return date + ", " + machine() + (commit.isEmpty() ? "" : ", commit " + commit);
    }
}
