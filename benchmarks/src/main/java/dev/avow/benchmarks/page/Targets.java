package dev.avow.benchmarks.page;

import dev.avow.benchmarks.page.Target.Value;
import dev.avow.benchmarks.result.Benchmark;
import dev.avow.benchmarks.result.Measured;
import dev.avow.benchmarks.result.Result;
import dev.avow.benchmarks.text.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What Avow wants to reach, and what of it a result shows; forces are counted by {@code count-forces} instead. */
final class Targets {
    static final String MET = "met";
    static final String NOT_MET = "not met";
    static final String NOT_MEASURED = "not measured";

    private static final int MANY = 1000;
    private static final int FINISHED = 10_000_000;

    private static final List<Target> ALL = Stream.of(
                    durable(1, 0.9, Optional.of("limitOneForce"), 1.0),
                    durable(8, 0.9, Optional.empty(), 1.3),
                    durable(32, 0.85, Optional.empty(), 1.7),
                    durable(128, 0.85, Optional.empty(), 1.5),
                    List.of(Target.atMost("p99 at 32 threads, durable, of the best peer's", 1.0, "", Targets::p99)),
                    inMemory(1),
                    inMemory(2),
                    inMemory(8),
                    inMemory(32),
                    inMemory(128),
                    List.of(Target.atLeast(
                            "volatile, the least of all threads of what one reaches", 0.9, Targets::collapse)),
                    database("h2"),
                    database("postgres"),
                    List.of(
                            Target.atMost(
                                    "cost of each of 1,000 participants, of that of each of 100",
                                    1.2,
                                    "",
                                    Targets::linearity),
                            Target.atMost(
                                    "reopening after 10 million finished transactions",
                                    1000,
                                    " ms",
                                    Targets::reopening)))
            .flatMap(List::stream)
            .toList();

    private Targets() {}

    private static List<Target> durable(int threads, double ofLimit, Optional<String> limit, double ofPeer) {
        return List.of(
                Target.atLeast(
                        "durable, " + words(threads) + ", of the limit",
                        ofLimit,
                        result -> Find.ofLimit(result, Find.DURABLE, threads, limit)),
                Target.atLeast(
                        "durable, " + words(threads) + ", of the best peer",
                        ofPeer,
                        result -> Find.ofBestPeer(result, Find.DURABLE, threads)));
    }

    private static List<Target> inMemory(int threads) {
        return List.of(
                Target.atLeast(
                        "volatile, " + words(threads) + ", of the best peer",
                        1.5,
                        result -> Find.ofBestPeer(result, Find.VOLATILE, threads)),
                Target.atLeast(
                        "volatile, " + words(threads) + ", of the limit",
                        0.5,
                        result -> Find.ofLimit(result, Find.VOLATILE, threads, Optional.empty())));
    }

    private static List<Target> database(String database) {
        return Stream.of("limitByHand", "limitByHandAndForce")
                .map(limit -> Target.atMost(
                        database + ", time of that by hand, " + limit,
                        1.05,
                        "",
                        result -> database(result, database, limit)))
                .toList();
    }

    private static String words(int threads) {
        return threads + (threads == 1 ? " thread" : " threads");
    }

    private static Optional<Value> database(Result result, String database, String limit) {
        return Find.in(result, Find.DATABASES)
                .filter(each -> each.benchmark().param("database").equals(database))
                .filter(each -> !each.benchmark().isLimit())
                .flatMap(avow -> result
                        .limitOf(avow.benchmark(), each -> each.method().equals(limit))
                        .stream()
                        .map(other -> Value.of(Find.cost(avow) / Find.cost(other))))
                .max(Comparator.comparingDouble(Value::number));
    }

    /** At the rate where Avow looks worst beside the best peer. */
    private static Optional<Value> p99(Result result) {
        Map<String, Double> best = new TreeMap<>();
        latencies(result, false).forEach((rate, micros) -> best.put(rate, micros));
        return latencies(result, true).entrySet().stream()
                .filter(each -> best.containsKey(each.getKey()))
                .map(each -> Value.of(
                        each.getValue() / best.getOrDefault(each.getKey(), Double.NaN), "at rate " + each.getKey()))
                .max(Comparator.comparingDouble(Value::number));
    }

    private static Map<String, Double> latencies(Result result, boolean ofAvow) {
        Map<String, Double> least = new TreeMap<>();
        Find.in(result, Find.OPEN_LOAD)
                .filter(each -> ofAvow ? Find.isAvow(each.benchmark()) : Find.isPeer(each.benchmark()))
                .forEach(each -> each.secondary("p99Micros")
                        .ifPresent(micros -> least.merge(each.benchmark().param("rate"), micros.mean(), Math::min)));
        return least;
    }

    private static Optional<Value> collapse(Result result) {
        Optional<Measured> one = Find.avow(result, Find.VOLATILE, 1);
        return Find.threads(result, Find.VOLATILE).stream()
                .filter(threads -> threads > 1)
                .flatMap(threads -> Find.avow(result, Find.VOLATILE, threads).stream()
                        .flatMap(many -> one.stream()
                                .map(single -> Value.of(
                                        many.primary().mean() / single.primary().mean(), "at " + words(threads)))))
                .min(Comparator.comparingDouble(Value::number));
    }

    private static Optional<Value> linearity(Result result) {
        OptionalDouble many = costOfEach(result, MANY);
        OptionalDouble fewer = costOfEach(result, MANY / 10);
        return many.isPresent() && fewer.isPresent()
                ? Optional.of(Value.of(many.getAsDouble() / fewer.getAsDouble()))
                : Optional.empty();
    }

    private static OptionalDouble costOfEach(Result result, int participants) {
        return Find.in(result, Find.PARTICIPANTS)
                .filter(each -> !each.benchmark().isLimit() && has(each.benchmark(), "participants", participants))
                .mapToDouble(each -> Find.cost(each) / participants)
                .max();
    }

    private static Optional<Value> reopening(Result result) {
        return Find.in(result, Find.REOPEN)
                .filter(each -> has(each.benchmark(), "transactions", FINISHED))
                .filter(each -> each.primary().unit().equals("ms/op"))
                .findFirst()
                .map(each -> Value.of(each.primary().mean()));
    }

    private static boolean has(Benchmark benchmark, String param, int value) {
        return benchmark.param(param).equals(String.valueOf(value));
    }

    static Table table(Result result) {
        Table table = new Table("target", "bound", "measured", "");
        List<Target> unmeasured = new ArrayList<>();
        for (Target target : ALL) {
            target.reading()
                    .apply(result)
                    .ifPresentOrElse(
                            reading -> table.row(
                                    target.what(), target.bound(), reading.value(), reading.met() ? MET : NOT_MET),
                            () -> unmeasured.add(target));
        }
        unmeasured.forEach(target -> table.row(target.what(), target.bound(), "", NOT_MEASURED));
        return table;
    }
}
