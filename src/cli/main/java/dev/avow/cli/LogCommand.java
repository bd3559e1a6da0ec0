package dev.avow.cli;

import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Json;
import dev.avow.cli.terminal.Table;
import dev.avow.cli.terminal.Table.Side;
import dev.avow.cli.terminal.Text;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogDamagedException;
import dev.avow.engine.LogInspection;
import dev.avow.engine.Resolution;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code avow log}. */
@Command(
        name = "log",
        description =
                "Shows what a coordinator's log holds: the unfinished first. Changes nothing, also while it is in use.",
        footer = {
            "",
            "Ends with 0 if the log could be read, 1 if it is damaged, 2 if there is none that this version reads."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class LogCommand implements Callable<Integer> {
    private final Surroundings around;
    private final PrintWriter out;

    @Parameters(paramLabel = "DIR", description = "The log's directory, or the demo's folder.")
    private Path directory = Path.of("");

    @Option(names = "--follow", description = "Print what comes, until Ctrl-C or the terminal is closed.")
    private boolean follow;

    @Option(names = "--until-idle", description = "With --follow: end at the first look that finds nothing new.")
    private boolean untilIdle;

    @Option(names = "--json", description = "Print one JSON object; with --follow one in each line.")
    private boolean json;

    LogCommand(Surroundings around) {
        this.around = around;
        this.out = around.out();
    }

    @Override
    public Integer call() {
        Path log = LogPath.ofCoordinator(directory);
        if (untilIdle && !follow) {
            throw Complaint.wrongInput("--until-idle says when --follow ends: give both");
        }
        if (follow) {
            return new Follow(around, json).run(log, untilIdle);
        }
        LogInspection inspection = inspect(log);
        if (json) {
            out.println(Json.page(LogPage.of(log, inspection)));
            inspection.damage().ifPresent(LogCommand::complain);
            return 0;
        }
        out.println("Log in " + log + ": coordinator " + hex(inspection.coordinator()) + ", incarnation "
                + inspection.incarnation() + ", "
                + String.format(Locale.ROOT, "%,d bytes in ", inspection.bytes())
                + Text.count(inspection.files().size(), "file"));
        inspection
                .damage()
                .ifPresent(damage -> out.println("Damaged. " + Text.oneLine(damage)
                        + ". What follows was read before that place; what stands behind it is unknown."));
        unfinished(inspection);
        heuristics(inspection);
        resolutions(inspection);
        remembered(inspection);
        inspection.damage().ifPresent(LogCommand::complain);
        return 0;
    }

    private static void complain(String damage) {
        throw Complaint.failed(Text.oneLine(damage) + ". Above stands what was read before that place. Don't put an"
                + " older copy in the log's place: it has forgotten decisions");
    }

    private static LogInspection inspect(Path log) {
        try {
            return LogInspection.of(log);
        } catch (LogDamagedException damaged) {
            throw Complaint.failed(
                    Text.oneLine(damaged.fault()) + ". Nothing can be read of this log. Don't put an older copy in its"
                            + " place: it has forgotten decisions",
                    damaged);
        }
    }

    private static String hex(long coordinator) {
        return String.format(Locale.ROOT, "%012x", coordinator);
    }

    private void unfinished(LogInspection inspection) {
        Table table = new Table(Side.LEFT, Side.LEFT, Side.LEFT);
        inspection
                .unfinished()
                .forEach(record -> table.row(
                        record.name(),
                        record.id().toString(),
                        "commit, to be told to " + Text.and(record.participants())));
        print("Unfinished", table, inspection);
    }

    private void heuristics(LogInspection inspection) {
        Table table = new Table(Side.LEFT, Side.LEFT, Side.LEFT);
        inspection
                .heuristics()
                .forEach(record -> table.row(record.name(), record.id().toString(), alone(record)));
        print("For a person to settle", table, inspection);
    }

    static String alone(HeuristicRecord record) {
        return record.decision().equals("unknown")
                ? record.participant() + " holds it in doubt, and this log is older than that"
                : record.participant() + " decided " + record.decided() + " alone; the decision was "
                        + record.decision();
    }

    static String resolved(Resolution resolution) {
        return "counted as " + resolution.decision().name().toLowerCase(Locale.ROOT) + " at "
                + Text.oneLine(resolution.participant()) + (resolution.forced() ? ", against the decision" : "")
                + ", since "
                + resolution.when() + " by " + Text.oneLine(resolution.who()) + ": " + Text.oneLine(resolution.why());
    }

    /** Rare, so the heading stands there only if there are any. */
    private void resolutions(LogInspection inspection) {
        Table table = new Table(Side.LEFT, Side.LEFT, Side.LEFT, Side.LEFT);
        inspection
                .resolutions()
                .forEach(resolution -> table.row(
                        resolution.name(),
                        resolution.id().toString(),
                        resolution.participant() + " "
                                + resolution.decision().name().toLowerCase(Locale.ROOT)
                                + (resolution.forced() ? ", against the decision" : ""),
                        resolution.when() + " by " + resolution.who() + ": " + resolution.why()));
        if (!inspection.resolutions().isEmpty()) {
            print("Resolved by a person", table, inspection);
        }
    }

    private void remembered(LogInspection inspection) {
        Table table = new Table(Side.LEFT, Side.LEFT, Side.LEFT);
        inspection
                .remembered()
                .forEach(outcome -> table.row(
                        outcome.name(),
                        outcome.id().toString(),
                        outcome.ending().name().toLowerCase(Locale.ROOT)));
        print("Finished and still remembered", table, inspection);
    }

    private void print(String heading, Table table, LogInspection inspection) {
        out.println();
        section(heading, "none", table, inspection.damage()).forEach(out::println);
    }

    /** A damaged log says nothing about what it doesn't show: that must not look like none. */
    static List<String> section(String heading, String none, Table table, Optional<String> damage) {
        List<String> rows = table.lines();
        String howMany = rows.isEmpty()
                ? damage.isEmpty() ? none : "unknown; none was read before the damage"
                : (damage.isEmpty() ? "" : "at least ") + rows.size();
        List<String> lines = new ArrayList<>();
        lines.add(heading + ": " + howMany);
        lines.addAll(rows);
        return lines;
    }
}
