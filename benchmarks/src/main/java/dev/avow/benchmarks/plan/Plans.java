package dev.avow.benchmarks.plan;

import dev.avow.benchmarks.ConcurrentBenchmark;
import dev.avow.benchmarks.DatabasesBenchmark;
import dev.avow.benchmarks.DurableBenchmark;
import dev.avow.benchmarks.OpenLoadBenchmark;
import dev.avow.benchmarks.ParticipantsBenchmark;
import dev.avow.benchmarks.ProtocolBenchmark;
import dev.avow.benchmarks.ReopenBenchmark;
import dev.avow.benchmarks.ServicesBenchmark;
import dev.avow.benchmarks.SimulatorBenchmark;
import dev.avow.benchmarks.VolatileBenchmark;
import dev.avow.benchmarks.load.OpenLoad;
import dev.avow.engine.Calling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The two plans. The short one, for each change: Avow and its limits, within 5 minutes, in eight rounds, since a
 * loss shows only against what differs from round to round; of the two kinds of group commit one, since a share needs only
 * one limit. {@code run short --output benchmarks/baseline.json} makes the baseline
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

    /** Transactions a second. */
    private static final int LATENCY_RATE = 500;

    private static final long WARM_UP_MILLIS = 6000;

    private Plans() {}

    public static Plan shortPlan() {
        Timing limit = Timing.millis(1, 400, 2, 400);
        // Not long enough for all of a manager's code to be compiled, but the same in each run.
        Timing manager = limit.afterWarmUpMillis(1700);
        List<Cell> cells = new ArrayList<>();
        cells.add(durable(ONE_FORCE, 1, limit));
        cells.add(durable(TRANSACTION, 1, manager).by(Peers.AVOW));
        for (int threads : List.of(8, 32)) {
            cells.add(durable(LEADER_AND_FOLLOWERS, threads, limit));
            cells.add(durable(TRANSACTION, threads, manager).by(Peers.AVOW));
        }
        for (int threads : List.of(1, 2)) {
            cells.add(inMemory(CHEAPEST, threads, limit));
            cells.add(inMemory(TRANSACTION, threads, manager).by(Peers.AVOW_VOLATILE));
        }
        return new Plan("short", 8, cells);
    }

    public static Plan fullPlan() {
        List<Cell> cells = new ArrayList<>();
        cells.addAll(durable());
        cells.addAll(inMemory());
        cells.addAll(latency());
        cells.addAll(engine());
        cells.addAll(databases());
        cells.addAll(services());
        cells.addAll(reopening());
        return new Plan("full", 2, cells);
    }

    private static List<Cell> durable() {
        Timing limit = Timing.millis(2, 1000, 3, 1000);
        // Beside 128 threads the compiler still needs that long for what only they bring about.
        Timing manager = Timing.millis(3, 1000, 3, 1000).afterWarmUpMillis(WARM_UP_MILLIS);
        List<Cell> cells = new ArrayList<>();
        cells.add(durable(ONE_FORCE, 1, limit));
        for (int threads : List.of(1, 8, 32, 128)) {
            cells.add(durable(LEADER_AND_FOLLOWERS, threads, limit));
            cells.add(durable(WRITER_THREAD, threads, limit));
            Stream.concat(Stream.of(Peers.AVOW, Peers.AVOW_DEFAULT), Peers.DURABLE.stream())
                    .map(each -> durable(TRANSACTION, threads, manager).by(each))
                    .forEach(cells::add);
        }
        return cells;
    }

    private static List<Cell> inMemory() {
        Timing limit = Timing.millis(1, 1000, 2, 1000);
        Timing manager = limit.afterWarmUpMillis(WARM_UP_MILLIS);
        List<Cell> cells = new ArrayList<>();
        for (int threads : List.of(1, 2, 8, 32, 128)) {
            cells.add(inMemory(CHEAPEST, threads, limit));
            Stream.concat(Stream.of(Peers.AVOW_VOLATILE), Peers.VOLATILE.stream())
                    .map(each -> inMemory(TRANSACTION, threads, manager).by(each))
                    .forEach(cells::add);
        }
        return cells;
    }

    /** At a rate that the slowest of them bears. */
    private static List<Cell> latency() {
        Timing load = Timing.annotated(Duration.ofSeconds(OpenLoad.WARMUP_SECONDS + OpenLoadBenchmark.SECONDS))
                .afterWarmUpMillis(WARM_UP_MILLIS);
        List<Cell> cells = new ArrayList<>();
        cells.add(latency(load).by(Peers.AVOW));
        cells.add(latency(load).by(Peers.AVOW_DEFAULT));
        Peers.DURABLE.forEach(peer -> cells.add(latency(load).by(peer)));
        return cells;
    }

    private static Cell latency(Timing load) {
        return Cell.of(OpenLoadBenchmark.class, "load", 1, load).with("rate", LATENCY_RATE);
    }

    private static List<Cell> engine() {
        Timing timing = Timing.millis(2, 1000, 2, 1000);
        List<Cell> cells = new ArrayList<>();
        for (int participants : List.of(1, 2, 10, 100, 1000)) {
            cells.add(Cell.of(ParticipantsBenchmark.class, TRANSACTION, 1, timing)
                    .with("participants", participants)
                    .once());
        }
        for (int atWork : List.of(0, 1_000, 100_000)) {
            cells.add(Cell.of(ConcurrentBenchmark.class, TRANSACTION, 1, timing)
                    .with("atWork", atWork)
                    .once());
        }
        for (int participants : List.of(2, 10)) {
            cells.add(Cell.of(ProtocolBenchmark.class, "committed", 1, timing)
                    .with("participants", participants)
                    .once());
        }
        cells.add(Cell.of(SimulatorBenchmark.class, "world", 1, timing).once());
        return cells;
    }

    private static List<Cell> databases() {
        // Some hundred transactions a second keep both the processor and PostgreSQL busy: measured after 6 seconds,
        // half of
        // what Avow reaches after 20, since until then the compiler takes a third of the machine.
        Timing timing = Timing.millis(1, 20_000, 5, 1000);
        List<Cell> cells = new ArrayList<>();
        for (String database : List.of("h2", "postgres")) {
            for (int threads : List.of(1, 8)) {
                for (String limit : List.of("limitByHand", "limitByHandAndForce")) {
                    cells.add(databases(limit, database, threads, timing).once());
                }
                for (Calling calling : Calling.values()) {
                    cells.add(databases(TRANSACTION, database, threads, timing)
                            .with("calling", calling)
                            .once());
                }
            }
        }
        return cells;
    }

    /** As many transactions in flight as threads. */
    private static List<Cell> services() {
        Timing timing = Timing.millis(2, 1000, 3, 2000).afterWarmUpMillis(WARM_UP_MILLIS);
        List<Cell> cells = new ArrayList<>();
        for (int threads : List.of(1, 32, 256)) {
            for (String method : List.of("limitUnary", "limitStream", "limitStreamAndForce", TRANSACTION)) {
                cells.add(Cell.of(ServicesBenchmark.class, method, threads, timing));
            }
        }
        return cells;
    }

    private static List<Cell> reopening() {
        Timing quick = Timing.annotated(Duration.ofSeconds(10));
        Timing tenMillions = Timing.annotated(Duration.ofMinutes(4));
        return List.of(
                reopening(1, quick).once(),
                reopening(1_000, quick).once(),
                reopening(100_000, quick).once(),
                reopening(10_000_000, tenMillions).once());
    }

    private static Cell databases(String method, String database, int threads, Timing timing) {
        return Cell.of(DatabasesBenchmark.class, method, threads, timing).with("database", database);
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
}
