package dev.avow.benchmarks.page;

import dev.avow.benchmarks.page.Line.Kind;
import dev.avow.benchmarks.result.Benchmark;
import dev.avow.benchmarks.result.Measured;
import dev.avow.benchmarks.result.Result;
import dev.avow.benchmarks.result.Samples;
import dev.avow.benchmarks.text.Numbers;
import dev.avow.benchmarks.text.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What the page shows of a result, as far as it was measured. */
final class Sections {
    private static final List<String> PERCENTILES = List.of("p50Micros", "p99Micros", "p999Micros");
    private static final Comparator<Measured> BY_THREADS =
            Comparator.comparingInt(each -> each.benchmark().threads());

    private final Result result;

    Sections(Result result) {
        this.result = result;
    }

    List<Section> all() {
        return Stream.of(
                        throughput("Durable: each decision on the disk", Find.DURABLE),
                        throughput("Volatile: no log", Find.VOLATILE),
                        latency(),
                        services(),
                        growth("Cost by participants", Find.PARTICIPANTS, "participants"),
                        growth("Reopening the log", Find.REOPEN, "transactions"),
                        allocation(),
                        others())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Section> throughput(String title, String simpleClass) {
        List<Measured> entries = Find.in(result, simpleClass).sorted(BY_THREADS).toList();
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Table table = new Table("threads", "transactions a second", "± (99 %)", "of the limit", "");
        entries.forEach(each -> table.row(
                String.valueOf(each.benchmark().threads()),
                Numbers.of(each.primary().mean()),
                Intervals.of(each.primary()),
                share(each),
                name(each.benchmark())));
        return Optional.of(new Section(
                title,
                "Transactions a second over two resources that do nothing, against the number of threads. Dashed: what"
                        + " disk and processor allow. Both axes are logarithmic.",
                Optional.of(Charts.lines(
                        title,
                        "threads",
                        "transactions a second",
                        2,
                        lines(
                                entries,
                                each -> each.benchmark().threads(),
                                each -> each.primary().mean()))),
                table));
    }

    private Optional<Section> latency() {
        List<Measured> entries = Find.in(result, Find.OPEN_LOAD)
                .filter(each -> each.secondary("p99Micros").isPresent())
                .toList();
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Table table = new Table("transactions a second", "p50 µs", "p99 µs", "p99.9 µs", "");
        entries.forEach(each -> table.row(
                each.benchmark().param("rate"),
                metric(each, PERCENTILES.get(0)),
                metric(each, PERCENTILES.get(1)),
                metric(each, PERCENTILES.get(2)),
                name(each.benchmark())));
        ToDoubleFunction<Measured> p99 =
                each -> each.secondary("p99Micros").map(Samples::mean).orElse(Double.NaN);
        return Optional.of(new Section(
                "Latency under an open load",
                "From when a transaction was due until it was committed; drawn is p99.",
                Optional.of(Charts.lines(
                        "p99 against the load",
                        "transactions a second",
                        "p99, µs",
                        10,
                        lines(entries, each -> number(each.benchmark().param("rate")), p99))),
                table));
    }

    private Optional<Section> services() {
        List<Measured> entries =
                Find.in(result, Find.SERVICES).sorted(BY_THREADS).toList();
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Table table = new Table(
                "in flight",
                "transactions a second",
                "± (99 %)",
                "of the limit",
                "p50 µs",
                "p99 µs",
                "messages a transaction",
                "");
        entries.forEach(each -> table.row(
                String.valueOf(each.benchmark().threads()),
                Numbers.of(each.primary().mean()),
                Intervals.of(each.primary()),
                share(each),
                metric(each, PERCENTILES.get(0)),
                metric(each, PERCENTILES.get(1)),
                metric(each, "messages"),
                name(each.benchmark())));
        return Optional.of(new Section(
                "Across services",
                "Two participants in processes of their own, over loopback. The limits are gRPC alone with the same"
                        + " messages: a call for each, or one on a stream; with nothing on the disk, or one force between"
                        + " the phases. Of the limit: of the fastest of them.",
                Optional.empty(),
                table));
    }

    private static String metric(Measured measured, String metric) {
        return measured.secondary(metric)
                .map(samples -> Numbers.of(samples.mean()))
                .orElse("");
    }

    private Optional<Section> growth(String title, String simpleClass, String param) {
        List<Measured> entries = Find.in(result, simpleClass)
                .sorted(Comparator.comparingDouble(
                        each -> number(each.benchmark().param(param))))
                .toList();
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Samples first = entries.get(0).primary();
        Table table = new Table(param, first.unit(), "± (99 %)", "");
        entries.forEach(each -> table.row(
                each.benchmark().param(param),
                Numbers.of(each.primary().mean()),
                Intervals.of(each.primary()),
                name(each.benchmark())));
        return Optional.of(new Section(
                title,
                "Both axes are logarithmic.",
                Optional.of(Charts.lines(
                        title,
                        param,
                        first.unit(),
                        10,
                        lines(
                                entries,
                                each -> number(each.benchmark().param(param)),
                                each -> each.primary().mean()))),
                table));
    }

    private Optional<Section> allocation() {
        Map<String, Double> bars = new LinkedHashMap<>();
        Map<String, Kind> kinds = new LinkedHashMap<>();
        Stream.of(Find.VOLATILE, Find.DURABLE)
                .forEach(simpleClass -> Find.in(result, simpleClass)
                        .filter(each -> !each.benchmark().isLimit())
                        .sorted(BY_THREADS)
                        .forEach(each -> each.secondary(Measured.ALLOCATION).ifPresent(bytes -> {
                            bars.putIfAbsent(name(each.benchmark()), bytes.mean());
                            kinds.put(name(each.benchmark()), kind(each.benchmark()));
                        })));
        if (bars.isEmpty()) {
            return Optional.empty();
        }
        Table table = new Table("", "bytes a transaction", "");
        bars.forEach((name, bytes) -> table.row(name, Numbers.of(bytes), ""));
        String title = "Allocation";
        return Optional.of(new Section(
                title,
                "Bytes that a transaction allocates, at the fewest threads measured.",
                Optional.of(Charts.bars(title, "bytes a transaction", bars, kinds)),
                table));
    }

    /** Whatever has no section of its own. */
    private Optional<Section> others() {
        List<String> shown =
                List.of(Find.DURABLE, Find.VOLATILE, Find.OPEN_LOAD, Find.SERVICES, Find.PARTICIPANTS, Find.REOPEN);
        Table table = new Table("", "score", "± (99 %)", "of the limit", "unit");
        result.entries().stream()
                .filter(each -> !shown.contains(each.benchmark().simpleClass()))
                .forEach(each -> table.row(
                        each.benchmark().label(),
                        Numbers.of(each.primary().mean()),
                        Intervals.of(each.primary()),
                        share(each),
                        each.primary().unit()));
        return table.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section("Others", "As JMH has measured them.", Optional.empty(), table));
    }

    private String share(Measured measured) {
        return result.limitOf(measured.benchmark())
                .map(limit -> Intervals.ofRatio(measured, limit))
                .orElse("");
    }

    private static List<Line> lines(
            List<Measured> entries, ToDoubleFunction<Measured> x, ToDoubleFunction<Measured> y) {
        Map<String, SortedMap<Double, Double>> points = new LinkedHashMap<>();
        Map<String, Kind> kinds = new LinkedHashMap<>();
        entries.forEach(each -> {
            String name = name(each.benchmark());
            points.computeIfAbsent(name, unused -> new TreeMap<>()).put(x.applyAsDouble(each), y.applyAsDouble(each));
            kinds.put(name, kind(each.benchmark()));
        });
        List<Line> lines = new ArrayList<>();
        points.forEach((name, line) -> lines.add(new Line(name, kinds.getOrDefault(name, Kind.PEER), line)));
        return lines;
    }

    private static Kind kind(Benchmark benchmark) {
        if (benchmark.isLimit()) {
            return Kind.LIMIT;
        }
        return Find.isPeer(benchmark) ? Kind.PEER : Kind.AVOW;
    }

    private static String name(Benchmark benchmark) {
        String manager = benchmark.param(Find.MANAGER);
        return manager.isEmpty() ? benchmark.method() : manager;
    }

    private static double number(String param) {
        try {
            return Double.parseDouble(param);
        } catch (NumberFormatException word) {
            return Double.NaN;
        }
    }
}
