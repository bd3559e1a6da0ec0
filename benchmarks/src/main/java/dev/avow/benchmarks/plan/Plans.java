package dev.avow.benchmarks.plan;

import dev.avow.benchmarks.DurableBenchmark;
import dev.avow.benchmarks.ReopenBenchmark;
import dev.avow.benchmarks.VolatileBenchmark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The two plans. The short one, for each change: Avow and its limits, within 5 minutes, in eight rounds, since a loss shows
 * only against what differs from round to round. {@code run short --output benchmarks/baseline.json} makes the baseline
 * with which CI compares. The full one, for the tables in README: everything, with all peers, within an hour.
 *
 * <p>To add a benchmark, add its cells, those of its limits first.
 */
public final class Plans {
    private static final String TRANSACTION = "transaction";
    private static final String ONE_FORCE = "limitOneForce";
    private static final String LEADER_AND_FOLLOWERS = "limitLeaderAndFollowers";
    private static final String WRITER_THREAD = "limitWriterThread";
    private static final String CHEAPEST = "limitCheapest";

    private Plans() {}

    public static Plan shortPlan() {
        Timing durable = Timing.millis(1, 500, 2, 500);
        Timing inMemory = Timing.millis(1, 1000, 2, 500);
        List<Cell> cells = new ArrayList<>();
        cells.add(durable(ONE_FORCE, 1, durable));
        cells.add(durable(TRANSACTION, 1, durable).by(Peers.AVOW));
        for (int threads : List.of(8, 32)) {
            cells.add(durable(LEADER_AND_FOLLOWERS, threads, durable));
            cells.add(durable(TRANSACTION, threads, durable).by(Peers.AVOW));
            cells.add(durable(WRITER_THREAD, threads, durable));
        }
        for (int threads : List.of(1, 2)) {
            cells.add(inMemory(CHEAPEST, threads, inMemory));
            cells.add(inMemory(TRANSACTION, threads, inMemory).by(Peers.AVOW_VOLATILE));
        }
        return new Plan("short", 8, cells);
    }

    public static Plan fullPlan() {
        Timing durable = Timing.millis(2, 1000, 5, 1000);
        Timing inMemory = Timing.millis(3, 1000, 3, 1000);
        List<Cell> cells = new ArrayList<>();
        cells.add(durable(ONE_FORCE, 1, durable));
        for (int threads : List.of(1, 8, 32, 128)) {
            cells.add(durable(LEADER_AND_FOLLOWERS, threads, durable));
            cells.add(durable(WRITER_THREAD, threads, durable));
            with(Peers.AVOW, Peers.DURABLE)
                    .forEach(manager ->
                            cells.add(durable(TRANSACTION, threads, durable).by(manager)));
        }
        for (int threads : List.of(1, 2, 8, 32, 128)) {
            cells.add(inMemory(CHEAPEST, threads, inMemory));
            with(Peers.AVOW_VOLATILE, Peers.VOLATILE)
                    .forEach(manager ->
                            cells.add(inMemory(TRANSACTION, threads, inMemory).by(manager)));
        }
        cells.addAll(reopening());
        return new Plan("full", 3, cells);
    }

    private static List<Cell> reopening() {
        Timing quick = Timing.annotated(Duration.ofSeconds(10));
        Timing tenMillions = Timing.annotated(Duration.ofMinutes(4));
        return List.of(
                reopening(1, quick),
                reopening(1_000, quick),
                reopening(100_000, quick),
                reopening(10_000_000, tenMillions).once());
    }

    private static Cell durable(String method, int threads, Timing timing) {
        return Cell.of(DurableBenchmark.class, method, threads, timing);
    }

    private static Cell inMemory(String method, int threads, Timing timing) {
        return Cell.of(VolatileBenchmark.class, method, threads, timing);
    }

    private static Cell reopening(int transactions, Timing timing) {
        return Cell.of(ReopenBenchmark.class, "open", 1, timing).with("transactions", transactions);
    }

    private static List<String> with(String avow, List<String> peers) {
        return Stream.concat(Stream.of(avow), peers.stream()).toList();
    }
}
