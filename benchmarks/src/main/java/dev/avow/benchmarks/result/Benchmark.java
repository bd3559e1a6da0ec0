package dev.avow.benchmarks.result;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was measured: what has the same one in two results can be compared.
 *
 * @param name class and method
 * @param mode as JMH shortens it: thrpt, avgt, sample, ss
 */
public record Benchmark(String name, String mode, int threads, SortedMap<String, String> params) {
    private static final String LIMIT = "limit";
    private static final String THROUGHPUT = "thrpt";

    public Benchmark(String name, String mode, int threads, Map<String, String> params) {
        this(name, mode, threads, new TreeMap<>(params));
    }

    public String method() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private String inClass() {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /** Without the package. */
    public String simpleClass() {
        String whole = inClass();
        return whole.substring(whole.lastIndexOf('.') + 1);
    }

    /** What disk or processor allow, measured by itself. */
    public boolean isLimit() {
        return method().startsWith(LIMIT);
    }

    /** Whether this limit bounds that benchmark: both do the same, in the same numbers. */
    boolean bounds(Benchmark other) {
        return isLimit()
                && !other.isLimit()
                && inClass().equals(other.inClass())
                && mode.equals(other.mode)
                && threads == other.threads
                && other.params.entrySet().containsAll(params.entrySet());
    }

    public boolean higherIsBetter() {
        return mode.equals(THROUGHPUT);
    }

    public String param(String param) {
        return params.getOrDefault(param, "");
    }

    /** For people, such as "Durable transaction, avow, 8 threads". */
    public String label() {
        String values = params.entrySet().stream()
                .map(each -> each.getKey().equals("manager")
                        ? ", " + each.getValue()
                        : ", " + each.getKey() + " " + each.getValue())
                .collect(Collectors.joining());
        return simpleClass().replaceFirst("Benchmark$", "") + " " + method() + values + ", " + threads
                + (threads == 1 ? " thread" : " threads");
    }
}
