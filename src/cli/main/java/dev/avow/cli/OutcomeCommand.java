package dev.avow.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Json;
import dev.avow.cli.terminal.Text;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogInspection;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.Resolution;
import dev.avow.engine.TransactionId;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code avow outcome}. */
@Command(
        name = "outcome",
        description =
                "Tells how a transaction ended, as far as the log says. Changes nothing, also while it is in use.",
        footer = {
            "",
            "Ends with 0 if the log knows the transaction, 1 if it has no record of it or is damaged, 2 if there"
                    + " is no log that this version reads."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class OutcomeCommand implements Callable<Integer> {
    private final PrintWriter out;

    @Parameters(index = "0", paramLabel = "DIR", description = "The log's directory, or the demo's folder.")
    private Path directory = Path.of("");

    @Parameters(index = "1", paramLabel = "NAME", description = "The transaction's name, such as O001, or its id.")
    private String name = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    OutcomeCommand(PrintWriter out) {
        this.out = out;
    }

    private enum End {
        COMMITTING,
        COMMITTED,
        ABORTED
    }

    /** What one transaction of the log has come to, and whom it is told to while that is under way. */
    private record Known(TransactionId id, String itsName, End end, List<String> participants) {
        /** @param byHand whether a person had a say: then the log doesn't know what every participant has done */
        String line(boolean byHand) {
            return named(id, itsName)
                    + switch (end) {
                        case COMMITTING ->
                            "committing. The decision is to commit; recovery tells it to whoever of "
                                    + Text.oneLine(Text.and(participants)) + " hasn't heard it.";
                        case COMMITTED ->
                            byHand
                                    ? "the decision was commit, and nobody is left to be told."
                                    : "committed. Every participant has committed it durably.";
                        case ABORTED -> "aborted. Nothing of it will ever be seen.";
                    };
        }
    }

    private static String named(TransactionId id, String itsName) {
        return Text.oneLine(itsName) + " (" + id + "): ";
    }

    @Override
    public Integer call() {
        if (name.isBlank()) {
            throw Complaint.wrongInput("the NAME is blank: give a transaction's name, such as O001, or its id");
        }
        LogInspection inspection = LogInspection.of(LogPath.ofCoordinator(directory));
        List<HeuristicRecord> heuristics = inspection.heuristics().stream()
                .filter(record -> isMeant(record.id(), record.name()))
                .toList();
        Optional<Known> newest =
                Stream.concat(unfinished(inspection), remembered(inspection)).max(Comparator.comparing(Known::id));
        List<Resolution> resolutions = inspection.resolutions().stream()
                .filter(resolution -> newest.isPresent()
                        ? resolution.id().equals(newest.get().id())
                        : isMeant(resolution.id(), resolution.name()))
                .toList();
        if (json) {
            out.println(Json.page(page(inspection, newest, heuristics, resolutions)));
        } else {
            newest.ifPresent(known -> out.println(known.line(!resolutions.isEmpty()
                    || heuristics.stream().anyMatch(record -> record.id().equals(known.id())))));
            resolutions.forEach(each -> out.println(named(each.id(), each.name()) + LogCommand.resolved(each)));
            heuristics.forEach(record -> out.println(named(record.id(), record.name()) + alone(record)));
        }
        if (newest.isEmpty() && heuristics.isEmpty()) {
            return noRecord(inspection);
        }
        inspection.damage().ifPresent(damage -> {
            throw Complaint.failed(Text.oneLine(damage) + ". Above stands what was read before that place; what stands"
                    + " behind it may say more");
        });
        return 0;
    }

    private ObjectNode page(
            LogInspection inspection,
            Optional<Known> newest,
            List<HeuristicRecord> heuristics,
            List<Resolution> resolutions) {
        ObjectNode page = Json.object()
                .put("asked", name)
                .put("id", newest.map(known -> known.id().toString()).orElse(null))
                .put("name", newest.map(Known::itsName).orElse(null))
                .put(
                        "ending",
                        newest.map(known -> known.end().name().toLowerCase(Locale.ROOT))
                                .orElse(null));
        ArrayNode participants = page.putArray("participants");
        newest.ifPresent(known -> known.participants().forEach(participants::add));
        LogPage.heuristics(page, heuristics);
        ResolveCommand.describe(page, resolutions);
        return page.put("damage", inspection.damage().orElse(null));
    }

    private Stream<Known> unfinished(LogInspection inspection) {
        return inspection.unfinished().stream()
                .filter(record -> isMeant(record.id(), record.name()))
                .map(record -> new Known(record.id(), record.name(), End.COMMITTING, record.participants()));
    }

    private Stream<Known> remembered(LogInspection inspection) {
        return inspection.remembered().stream()
                .filter(outcome -> isMeant(outcome.id(), outcome.name()))
                .map(outcome -> new Known(outcome.id(), outcome.name(), end(outcome.ending()), List.of()));
    }

    private static End end(RememberedOutcome.Ending ending) {
        return switch (ending) {
            case COMMITTED -> End.COMMITTED;
            case ABORTED -> End.ABORTED;
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
        if (json) {
            return Complaint.FAILED;
        }
        out.println(Text.oneLine(name)
                + ": no record. If it ever began, it is running now, aborted by presumption, left to its only participant, which alone knows, or"
                + " ended so long ago that the log has forgotten it: it remembers the last 1,024, unless its coordinator"
                + " was opened with another number.");
        return Complaint.FAILED;
    }
}
