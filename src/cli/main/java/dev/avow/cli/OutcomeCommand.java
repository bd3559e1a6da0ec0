package dev.avow.cli;

import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Text;
import dev.avow.engine.CommitRecord;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogInspection;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.TransactionId;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code avow outcome}. */
@Command(
        name = "outcome",
        description =
                "Tells how a transaction ended, as far as the log says. Changes nothing, also while it is in use.",
        footer = {"", "Ends with 0 if the log knows the transaction, 1 if it has no record of it."},
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class OutcomeCommand implements Callable<Integer> {
    private final PrintWriter out;

    @Parameters(index = "0", paramLabel = "DIR", description = "The log's directory, or the demo's folder.")
    private Path directory = Path.of("");

    @Parameters(index = "1", paramLabel = "NAME", description = "The transaction's name, such as O001, or its id.")
    private String name = "";

    OutcomeCommand(PrintWriter out) {
        this.out = out;
    }

    /** What one transaction of the log has come to. */
    private record Known(TransactionId id, String itsName, String sentence) {
        String line() {
            return Text.oneLine(itsName) + " (" + id + "): " + sentence;
        }
    }

    @Override
    public Integer call() {
        if (name.isBlank()) {
            throw Complaint.wrongInput("the NAME is blank: give a transaction's name, such as O001, or its id");
        }
        LogInspection inspection = LogInspection.of(LogPath.of(directory));
        List<HeuristicRecord> heuristics = inspection.heuristics().stream()
                .filter(record -> isMeant(record.id(), record.name()))
                .toList();
        Optional<Known> newest =
                Stream.concat(unfinished(inspection), remembered(inspection)).max(Comparator.comparing(Known::id));
        if (newest.isEmpty() && heuristics.isEmpty()) {
            return noRecord(inspection);
        }
        newest.ifPresent(known -> out.println(known.line()));
        heuristics.forEach(record -> out.println(new Known(record.id(), record.name(), alone(record)).line()));
        return 0;
    }

    private Stream<Known> unfinished(LogInspection inspection) {
        return inspection.unfinished().stream()
                .filter(record -> isMeant(record.id(), record.name()))
                .map(record -> new Known(record.id(), record.name(), committing(record)));
    }

    private static String committing(CommitRecord record) {
        return "committing. The decision is to commit; recovery tells it to whoever of "
                + Text.oneLine(Text.and(record.participants())) + " hasn't heard it.";
    }

    private Stream<Known> remembered(LogInspection inspection) {
        return inspection.remembered().stream()
                .filter(outcome -> isMeant(outcome.id(), outcome.name()))
                .map(outcome -> new Known(outcome.id(), outcome.name(), ended(outcome.ending())));
    }

    private static String ended(RememberedOutcome.Ending ending) {
        return switch (ending) {
            case COMMITTED -> "committed. Every participant has committed it durably.";
            case ABORTED -> "aborted. Nothing of it will ever be seen.";
        };
    }

    private static String alone(HeuristicRecord record) {
        String participant = Text.oneLine(record.participant());
        return record.decision().equals("unknown")
                ? "in doubt at " + participant + ", and this log is older than that: put the newest log back, or settle"
                        + " the branch by hand."
                : "the decision was " + record.decision() + ", but " + participant + " decided " + record.decided()
                        + " alone; a person must settle it.";
    }

    private boolean isMeant(TransactionId id, String itsName) {
        return itsName.equals(name) || id.toString().equals(name);
    }

    private int noRecord(LogInspection inspection) {
        inspection.damage().ifPresent(damage -> {
            throw Complaint.failed(Text.oneLine(damage) + ". " + Text.oneLine(name)
                    + " doesn't stand before it, and may stand behind it");
        });
        out.println(Text.oneLine(name) + ": no record. If it ever began, it is running now, aborted by presumption, or"
                + " ended so long ago that the log has forgotten it.");
        return Complaint.FAILED;
    }
}
