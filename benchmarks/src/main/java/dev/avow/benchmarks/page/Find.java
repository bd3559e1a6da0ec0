package dev.avow.benchmarks.page;

import dev.avow.benchmarks.compare.Ratio;
import dev.avow.benchmarks.page.Target.Value;
import dev.avow.benchmarks.result.Benchmark;
import dev.avow.benchmarks.result.Measured;
import dev.avow.benchmarks.result.Result;
import dev.avow.benchmarks.text.Numbers;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds in a result what targets and charts are about. */
final class Find {
    static final String DURABLE = "DurableBenchmark";
    static final String VOLATILE = "VolatileBenchmark";
    static final String OPEN_LOAD = "OpenLoadBenchmark";
    static final String DATABASES = "DatabasesBenchmark";
    static final String SERVICES = "ServicesBenchmark";
    static final String PARTICIPANTS = "ParticipantsBenchmark";
    static final String REOPEN = "ReopenBenchmark";

    static final String MANAGER = "manager";
    private static final String AVOW = "avow";

    private Find() {}

    static Stream<Measured> in(Result result, String simpleClass) {
        return result.entries().stream()
                .filter(each -> each.benchmark().simpleClass().equals(simpleClass));
    }

    /** Of Avow's settings, the one that is measured as the peers are. */
    static boolean isAvow(Benchmark benchmark) {
        String manager = benchmark.param(MANAGER);
        return manager.equals(AVOW) || manager.equals(AVOW + "-volatile");
    }

    static boolean isPeer(Benchmark benchmark) {
        String manager = benchmark.param(MANAGER);
        return !manager.isEmpty() && !manager.startsWith(AVOW);
    }

    static Optional<Measured> avow(Result result, String simpleClass, int threads) {
        return at(result, simpleClass, threads, Find::isAvow).findFirst();
    }

    static Optional<Measured> bestPeer(Result result, String simpleClass, int threads) {
        return at(result, simpleClass, threads, Find::isPeer)
                .max(Comparator.comparingDouble(each -> each.primary().mean()));
    }

    private static Stream<Measured> at(Result result, String simpleClass, int threads, Predicate<Benchmark> wanted) {
        return in(result, simpleClass)
                .filter(each -> each.benchmark().threads() == threads && wanted.test(each.benchmark()));
    }

    /** Avow by its limit: the one that is named, or the best of them. */
    static Optional<Value> ofLimit(Result result, String simpleClass, int threads, Optional<String> method) {
        return avow(result, simpleClass, threads)
                .flatMap(avow -> result.limitOf(
                                avow.benchmark(),
                                limit -> method.filter(wanted -> !wanted.equals(limit.method()))
                                        .isEmpty())
                        .map(limit -> value(avow, limit, limit.benchmark().method())));
    }

    static Optional<Value> ofBestPeer(Result result, String simpleClass, int threads) {
        return avow(result, simpleClass, threads)
                .flatMap(avow -> bestPeer(result, simpleClass, threads)
                        .map(peer -> value(avow, peer, peer.benchmark().param(MANAGER))));
    }

    static Value value(Measured measured, Measured other, String name) {
        Ratio ratio = Ratio.of(measured, other);
        String interval = ratio.isKnown()
                ? "(" + Numbers.ratio(ratio.low()) + " to " + Numbers.ratio(ratio.high()) + ") of "
                : "of ";
        return Value.of(ratio.value(), interval + name);
    }

    /** Its time for one call in the unit of its score, or a rate's inverse. */
    static double cost(Measured measured) {
        double mean = measured.primary().mean();
        return measured.benchmark().higherIsBetter() ? 1 / mean : mean;
    }

    static List<Integer> threads(Result result, String simpleClass) {
        return in(result, simpleClass)
                .map(each -> each.benchmark().threads())
                .distinct()
                .sorted()
                .toList();
    }
}
