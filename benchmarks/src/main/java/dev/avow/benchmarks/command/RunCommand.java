package dev.avow.benchmarks.command;

import dev.avow.benchmarks.manager.Slowed;
import dev.avow.benchmarks.plan.Plan;
import dev.avow.benchmarks.plan.Plans;
import dev.avow.benchmarks.run.Home;
import dev.avow.benchmarks.run.Measurement;
import dev.avow.benchmarks.text.Complaint;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run}. */
@Command(
        name = "run",
        description =
                "Measures Avow beside its limits and, in the full run, its peers; writes a result of JMH in JSON.",
        footer = {
            "",
            "Ends with 0 if all of Avow and the limits was measured, 1 if something of it wasn't, 2 if it was asked wrongly."
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final String BUILD_PEERS = "mvn -q -Ppeers -DskipTests package builds them";

    /** How much is measured. */
    enum Extent {
        SHORT,
        FULL
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "short|full", description = "Avow and its limits, 5 minutes; everything, an hour.")
    private Extent extent = Extent.SHORT;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where the result goes; else below benchmarks/target/results.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--rounds", paramLabel = "N", description = "How often everything is measured; more tell more.")
    private Optional<Integer> rounds = Optional.empty();

    @Option(names = "--only", paramLabel = "REGEX", description = "Only what matches, such as \"Durable.*8 threads\".")
    private Optional<String> only = Optional.empty();

    @Option(names = "--without-peers", description = "Leave out what needs another manager's class path.")
    private boolean withoutPeers;

    @Option(
            names = "--slowed",
            paramLabel = "HOW",
            description = "Slow Avow on purpose, to see that compare finds it: EXTRA_FORCE, SLEEP_IN_PREPARE.")
    private Optional<Slowed> slowed = Optional.empty();

    @Option(names = "--list", description = "Only say what would be measured, and how long it would take.")
    private boolean list;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Home home = Home.find(Path.of("").toAbsolutePath());
        Plan plan = extent == Extent.SHORT ? Plans.shortPlan() : Plans.fullPlan();
        plan = plan.only(only).rounds(rounds).slowed(slowed);
        if (withoutPeers) {
            plan = plan.without(plan.peers());
        }
        if (list) {
            plan.cells().forEach(cell -> out.println(cell.label()));
            out.printf(
                    Locale.ROOT,
                    "%d cells, %d rounds, some %.1f minutes%n",
                    plan.cells().size(),
                    plan.rounds(),
                    plan.expected().toSeconds() / 60.0);
            return Main.FINE;
        }
        refuseOrSkip(home.missing(plan.peers()), out);
        plan = plan.without(home.missing(plan.peers()));
        if (plan.cells().isEmpty()) {
            throw new Complaint("nothing is left to measure");
        }
        return measure(plan, home, out);
    }

    private void refuseOrSkip(Set<String> missing, PrintWriter out) {
        if (missing.isEmpty()) {
            return;
        }
        if (extent == Extent.FULL) {
            throw new Complaint("the peers " + String.join(", ", missing) + " aren't built: " + BUILD_PEERS
                    + ", or leave them out by --without-peers");
        }
        out.println("Without the peers " + String.join(", ", missing) + ": " + BUILD_PEERS);
    }

    private int measure(Plan plan, Home home, PrintWriter out) throws IOException, InterruptedException {
        Path file = output.orElseGet(() -> home.results()
                .resolve(plan.name() + "-"
                        + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
                                .format(LocalDateTime.now(ZoneOffset.UTC))
                        + ".json"));
        List<Measurement.Missing> missing = new Measurement(plan, home, file, out).run();
        if (!missing.isEmpty()) {
            out.println("Not measured:");
            missing.forEach(each -> out.println("  " + each.cell().label() + ", round " + (each.round() + 1) + ": "
                    + each.why().lines().findFirst().orElse("")));
        }
        out.println(Files.exists(file) ? "The result is in " + file : "There is no result");
        return missing.stream().anyMatch(Measurement.Missing::isOurs) ? Main.LOST : Main.FINE;
    }
}
