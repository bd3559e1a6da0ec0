package dev.avow.simulation;

import dev.avow.report.Figures;
import dev.avow.simulator.Result;
import dev.avow.simulator.Sight;
import java.util.EnumMap;
import java.util.Map;

/** What simulated worlds add up to. Used by one thread. */
final class Tallied {
    private final Map<Sight, Integer> worldsWith = new EnumMap<>(Sight.class);
    private long worlds;
    private long transactions;
    private long committed;
    private long crashes;
    private long events;

    void add(Result result) {
        worlds++;
        transactions += result.transactions();
        committed += result.committed();
        crashes += result.crashes();
        events += result.events();
        result.sights().keySet().forEach(sight -> worldsWith.merge(sight, 1, Integer::sum));
    }

    void write(String name) {
        Figures figures = Figures.of(name)
                .with("worlds", worlds)
                .with("transactions", transactions)
                .with("committed", committed)
                .with("crashes", crashes)
                .with("events", events);
        for (Sight sight : Sight.values()) {
            figures.with("worlds with: " + sight.words(), worldsWith.getOrDefault(sight, 0));
        }
        figures.write();
    }
}
