package dev.avow.benchmarks.result;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What one run has measured.
 *
 * @param run where and when, if the command run has measured it
 */
public record Result(List<Measured> entries, Optional<RunNote> run) {
    public Result {
        entries = List.copyOf(entries);
    }

    public Optional<Measured> find(Benchmark benchmark) {
        return entries.stream()
                .filter(each -> each.benchmark().equals(benchmark))
                .findFirst();
    }

    public Set<Benchmark> benchmarks() {
        return entries.stream().map(Measured::benchmark).collect(Collectors.toSet());
    }

    /** The best of the limits that bound it. */
    public Optional<Measured> limitOf(Benchmark benchmark) {
        return limitOf(benchmark, limit -> true);
    }

    /** The best of those limits that are asked for. */
    public Optional<Measured> limitOf(Benchmark benchmark, Predicate<Benchmark> wanted) {
        Comparator<Measured> byMean =
                Comparator.comparingDouble(each -> each.primary().mean());
        return entries.stream()
                .filter(each -> each.benchmark().bounds(benchmark) && wanted.test(each.benchmark()))
                .max(benchmark.higherIsBetter() ? byMean : byMean.reversed());
    }
}
