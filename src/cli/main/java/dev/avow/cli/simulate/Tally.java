package dev.avow.cli.simulate;

import dev.avow.cli.terminal.Table;
import dev.avow.cli.terminal.Text;
import dev.avow.simulator.Result;
import dev.avow.simulator.Sight;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What many runs add up to. Used by one thread. */
public final class Tally {
    private final Map<Sight, Long> sights = new EnumMap<>(Sight.class);
    private long seeds;
    private long transactions;
    private long committed;
    private long crashes;
    private long events;
    private Optional<Result> failure = Optional.empty();

    void add(Result result) {
        seeds++;
        transactions += result.transactions();
        committed += result.committed();
        crashes += result.crashes();
        events += result.events();
        result.sights().forEach((sight, count) -> sights.merge(sight, (long) count, Long::sum));
        if (result.violation().isPresent()
                && failure.filter(lower -> lower.seed() < result.seed()).isEmpty()) {
            failure = Optional.of(result);
        }
    }

    /** The lowest seed that broke a rule. */
    public Optional<Result> failure() {
        return failure;
    }

    /** What was done, and how fast. */
    public String sentence(double seconds) {
        return Text.count(seeds, "seed") + ", " + Text.count(transactions, "transaction")
                + String.format(
                        Locale.ROOT,
                        " (%,d committed), %,d crashes, %,d events in %.1f s: %,.0f transactions a minute.",
                        committed,
                        crashes,
                        events,
                        seconds,
                        60 * transactions / seconds);
    }

    /** How often each rare event happened. */
    public List<String> coverage() {
        Table table = new Table(Table.Side.LEFT, Table.Side.RIGHT);
        for (Sight sight : Sight.values()) {
            table.row(sight.words(), String.format(Locale.ROOT, "%,d", sights.getOrDefault(sight, 0L)));
        }
        return table.lines();
    }
}
