package dev.avow.benchmarks.compare;

import dev.avow.benchmarks.result.Benchmark;
import dev.avow.benchmarks.result.Measured;
import dev.avow.benchmarks.result.Result;
import dev.avow.benchmarks.result.RunNote;
import dev.avow.benchmarks.result.Samples;
import dev.avow.benchmarks.text.Complaint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two results, each benchmark as a share of its limit in the same result: so a slower hour of a machine or its disk isn't
 * taken for slower code. Another machine isn't either: there a share itself is another, since a faster disk bounds less and a
 * slower processor more, and only what is allocated is judged.
 *
 * @param base what it was
 * @param now what it is
 * @param loss the loss that is one, as a part of 1
 */
public record Comparison(Result base, Result now, double loss) {
    /** Costs that are shown beside the speed, and the least that counts; allocation doesn't vary, and so is judged. */
    private static final Map<String, Double> COSTS =
            Map.of(Measured.ALLOCATION, 16.0, "forcesPerTransaction", 0.01, "p99Micros", 1.0);

    /**
     * Compares.
     *
     * @throws Complaint if they have nothing in common
     */
    public Comparison {
        if (loss <= 0 || loss >= 1) {
            throw new Complaint("a loss of " + loss * 100 + " percent isn't one: give more than 0 and less than 100");
        }
        Set<Benchmark> known = base.benchmarks();
        if (now.benchmarks().stream().noneMatch(known::contains)) {
            throw new Complaint("the results have no benchmark in common: " + example(base)
                    + " and others in the base, " + example(now) + " and others in the new one");
        }
    }

    private static String example(Result result) {
        return "\"" + result.entries().get(0).benchmark().label() + "\"";
    }

    List<Row> rows() {
        return base.entries().stream()
                .flatMap(before -> now.find(before.benchmark())
                        .map(after -> rows(before, after))
                        .orElseGet(Stream::empty))
                .toList();
    }

    List<Row> lost() {
        return rows().stream().filter(row -> row.isLost(loss)).toList();
    }

    /** Why what the base has can't be compared; a benchmark that is left out must not hide a loss. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (Measured before : base.entries()) {
            Benchmark benchmark = before.benchmark();
            if (now.find(benchmark).isEmpty()) {
                missing.add(benchmark.label() + " is in the base only");
            } else if (lacksLimit(benchmark)) {
                missing.add(benchmark.label() + " has no limit that both results have measured");
            }
        }
        return missing;
    }

    List<String> added() {
        return now.entries().stream()
                .map(Measured::benchmark)
                .filter(benchmark -> base.find(benchmark).isEmpty())
                .map(Benchmark::label)
                .toList();
    }

    boolean hasSingleForks() {
        return Stream.of(base, now)
                .flatMap(result -> result.entries().stream())
                .anyMatch(each -> each.primary().isSingleFork());
    }

    /** Whether both say where they were measured, and those are two kinds of machine: speed isn't judged then. */
    public boolean isOfDifferentMachines() {
        Optional<String> before = base.run().map(RunNote::kind);
        Optional<String> after = now.run().map(RunNote::kind);
        return before.isPresent() && after.isPresent() && !before.equals(after);
    }

    /** Whether anything is lost, or is missing and could be. */
    public boolean isFine() {
        return lost().isEmpty() && missing().isEmpty();
    }

    private boolean lacksLimit(Benchmark benchmark) {
        return limit(base, benchmark).isEmpty()
                && Stream.of(base, now).anyMatch(each -> each.limitOf(benchmark).isPresent());
    }

    /** A limit that only one of them has measured may be a better one: that is no change of what it bounds. */
    private Optional<Measured> limit(Result result, Benchmark benchmark) {
        Predicate<Benchmark> inBoth =
                limit -> base.find(limit).isPresent() && now.find(limit).isPresent();
        return result.limitOf(benchmark, inBoth);
    }

    private Stream<Row> rows(Measured before, Measured after) {
        Stream<Row> costs = COSTS.keySet().stream().sorted().flatMap(metric -> cost(metric, before, after).stream());
        return Stream.concat(speed(before, after).stream(), before.benchmark().isLimit() ? Stream.empty() : costs);
    }

    private Optional<Row> speed(Measured before, Measured after) {
        Benchmark benchmark = before.benchmark();
        if (lacksLimit(benchmark)) {
            return Optional.empty();
        }
        Optional<Measured> limitBefore = limit(base, benchmark);
        Optional<Measured> limitAfter = limit(now, benchmark);
        Estimate shareBefore = Share.of(before, limitBefore);
        Estimate shareAfter = Share.of(after, limitAfter);
        Estimate change = shareAfter.minus(shareBefore);
        if (limitBefore.isPresent()) {
            String what = Stream.of(limitBefore, limitAfter)
                    .map(each -> each.orElseThrow().benchmark().method())
                    .distinct()
                    .collect(Collectors.joining(", "));
            return Optional.of(new Row(
                    benchmark,
                    "of " + what,
                    false,
                    Math.exp(shareBefore.mean()),
                    Math.exp(shareAfter.mean()),
                    change,
                    !isOfDifferentMachines()));
        }
        requireSameUnit(benchmark, before.primary(), after.primary());
        return Optional.of(new Row(
                benchmark,
                before.primary().unit(),
                false,
                Share.measured(benchmark, shareBefore),
                Share.measured(benchmark, shareAfter),
                change,
                !benchmark.isLimit() && !isOfDifferentMachines()));
    }

    private static Optional<Row> cost(String metric, Measured before, Measured after) {
        if (before.secondary(metric).isEmpty() || after.secondary(metric).isEmpty()) {
            return Optional.empty();
        }
        Samples samplesBefore = before.secondary(metric).orElseThrow();
        Samples samplesAfter = after.secondary(metric).orElseThrow();
        requireSameUnit(before.benchmark(), samplesBefore, samplesAfter);
        double least = COSTS.getOrDefault(metric, 0.0);
        Estimate costBefore = Share.ofCost(samplesBefore, least);
        Estimate costAfter = Share.ofCost(samplesAfter, least);
        return Optional.of(new Row(
                before.benchmark(),
                metric.equals(Measured.ALLOCATION) ? "bytes allocated" : metric,
                true,
                Math.exp(-costBefore.mean()),
                Math.exp(-costAfter.mean()),
                costAfter.minus(costBefore),
                metric.equals(Measured.ALLOCATION)));
    }

    private static void requireSameUnit(Benchmark benchmark, Samples before, Samples after) {
        if (!before.unit().equals(after.unit())) {
            throw new Complaint(benchmark.label() + " is in " + before.unit() + " in the base, but in " + after.unit()
                    + " in the new result: measure both alike");
        }
    }
}
