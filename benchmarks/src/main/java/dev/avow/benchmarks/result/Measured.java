package dev.avow.benchmarks.result;

import java.util.Map;
import java.util.Optional;

/** One entry of a result. */
public record Measured(Benchmark benchmark, Samples primary, Map<String, Samples> secondary) {
    /** Bytes allocated by each call, as JMH's profiler "gc" calls it. */
    public static final String ALLOCATION = "gc.alloc.rate.norm";

    public Measured {
        secondary = Map.copyOf(secondary);
    }

    public Optional<Samples> secondary(String metric) {
        return Optional.ofNullable(secondary.get(metric));
    }
}
