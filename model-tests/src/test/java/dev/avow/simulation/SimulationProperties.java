package dev.avow.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.simulator.Flaw;
import dev.avow.simulator.Knob;
import dev.avow.simulator.Result;
import dev.avow.simulator.Settings;
import dev.avow.simulator.Sight;
import dev.avow.simulator.Simulation;
import dev.avow.simulator.Trace;
import dev.avow.simulator.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCollector;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * Every rule holds in simulated worlds of any settings. A failure is shrunk to the fewest participants, transactions and
 * faults that still break the rule, and prints its transcript and the command that repeats it.
 */
@StatisticsReport(StatisticsReport.StatisticsReportMode.STANDARD)
class SimulationProperties {
    private static final int MOST_TRANSACTIONS = 80;
    private static final int LAST_ENTRIES = 60;

    private static final Tallied FIGURES = new Tallied();

    @AfterContainer
    static void write() {
        FIGURES.write("simulator-properties");
    }

    @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE)
    void rules_hold_in_worlds_of_any_settings(@ForAll("settings") Settings settings, @ForAll long seed) {
        Result result = Simulation.run(settings, seed);
        assertTrue(result.violation().isEmpty(), () -> report(settings, seed));
        FIGURES.add(result);
        StatisticsCollector worlds = Statistics.label("worlds with");
        result.sights().keySet().forEach(worlds::collect);
        worlds.coverage(coverage -> Arrays.stream(Sight.values())
                .forEach(sight -> coverage.check(sight).count(count -> count > 0)));
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void a_world_repeats_exactly(@ForAll("settings") Settings settings, @ForAll long seed) {
        Trace first = Simulation.trace(settings, seed, Flaw.NONE);
        Trace second = Simulation.trace(Settings.parse(settings.toString()), seed, Flaw.NONE);
        assertTrue(
                first.text().equals(second.text())
                        && first.result().hash() == second.result().hash(),
                settings::toString);
    }

    @Provide
    Arbitrary<Settings> settings() {
        List<Knob> knobs = List.of(Knob.values());
        return Combinators.combine(
                        knobs.stream().map(SimulationProperties::value).toList())
                .as(values -> {
                    Settings settings = Settings.usual();
                    for (int index = 0; index < values.size(); index++) {
                        settings = settings.with(knobs.get(index), values.get(index));
                    }
                    return settings;
                });
    }

    /** Up to twice what is usual, where nothing stands against it; shrinks towards none. */
    private static Arbitrary<Integer> value(Knob knob) {
        return Arbitraries.integers().between(knob.least(), most(knob)).shrinkTowards(knob.least());
    }

    private static int most(Knob knob) {
        return switch (knob) {
            case TRANSACTIONS -> MOST_TRANSACTIONS;
            case PARTICIPANTS,
                    COORDINATORS,
                    CRASHES,
                    LOSSES,
                    REPEATS,
                    PARTITIONS,
                    TAKEOVERS,
                    DISK_FAULTS,
                    DAMAGE,
                    ALONE,
                    PEERS,
                    READ_ONLY,
                    REFUSALS,
                    CLOCK_JUMPS -> Math.min(knob.most(), 2 * knob.usual() + 2);
        };
    }

    private static String report(Settings settings, long seed) {
        Trace trace = Simulation.trace(settings, seed, Flaw.NONE);
        Violation violation = trace.result().violation().orElseThrow();
        String transcript = trace.about(violation.transaction(), LAST_ENTRIES).stream()
                .map(entry -> entry + "\n")
                .collect(Collectors.joining());
        return violation + "\n" + transcript + "Repeat it:\n  avow "
                + trace.result().command() + "\n";
    }
}
