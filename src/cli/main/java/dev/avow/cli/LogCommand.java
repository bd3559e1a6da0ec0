package dev.avow.cli;

import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Table;
import dev.avow.cli.terminal.Table.Side;
import dev.avow.cli.terminal.Text;
import dev.avow.engine.LogInspection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code avow log}. */
@Command(
        name = "log",
        description =
                "Shows what a coordinator's log holds: the unfinished first. Changes nothing, also while it is in use.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class LogCommand implements Callable<Integer> {
    private final PrintWriter out;

    @Parameters(paramLabel = "DIR", description = "The log's directory, or the demo's folder.")
    private Path directory = Path.of("");

    LogCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        Path log = LogPath.of(directory);
        LogInspection inspection = LogInspection.of(log);
        out.println("Log in " + log + ": coordinator " + hex(inspection.coordinator()) + ", incarnation "
                + inspection.incarnation() + ", "
                + String.format(Locale.ROOT, "%,d bytes in ", inspection.bytes())
                + Text.count(inspection.files().size(), "file"));
        unfinished(inspection);
        heuristics(inspection);
        remembered(inspection);
        inspection.damage().ifPresent(damage -> {
            throw Complaint.failed(Text.oneLine(damage) + ". Above stands what was read before it");
        });
        return 0;
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
        print("Unfinished", table);
    }

    private void heuristics(LogInspection inspection) {
        Table table = new Table(Side.LEFT, Side.LEFT, Side.LEFT);
        inspection
                .heuristics()
                .forEach(record -> table.row(
                        record.name(),
                        record.id().toString(),
                        record.participant() + " decided " + record.decided() + " alone; the decision was "
                                + record.decision()));
        print("Settled by a participant alone, for a person to look at", table);
    }

    private void remembered(LogInspection inspection) {
        Table table = new Table(Side.LEFT, Side.LEFT, Side.LEFT);
        inspection
                .remembered()
                .forEach(outcome -> table.row(
                        outcome.name(),
                        outcome.id().toString(),
                        outcome.ending().name().toLowerCase(Locale.ROOT)));
        print("Finished and still remembered", table);
    }

    private void print(String heading, Table table) {
        out.println();
        out.println(heading + ": "
                + (table.lines().isEmpty() ? "none" : table.lines().size()));
        table.lines().forEach(out::println);
    }
}
