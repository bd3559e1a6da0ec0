package dev.avow.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Json;
import dev.avow.cli.terminal.Table;
import dev.avow.cli.terminal.Table.Side;
import dev.avow.cli.terminal.Text;
import dev.avow.engine.CoordinatorStatus;
import dev.avow.engine.LogInspection;
import dev.avow.engine.ParticipantInspection;
import dev.avow.engine.Pending.Task;
import dev.avow.engine.TransactionId;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code avow status}. */
@Command(
        name = "status",
        description =
                "Shows what isn't done: whom it waits for, since when and why, what is retried and when next, and what"
                        + " a person has to settle. Takes a coordinator's directory or a participant's. Changes nothing, also"
                        + " while it is in use.",
        footer = {
            "",
            "Ends with 0 if the log could be read, 1 if it is damaged, 2 if there is none that this version reads."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class StatusCommand implements Callable<Integer> {
    /** What was begun before anyone wrote down when is older than all others. */
    private static final Comparator<Waiting> OLDEST_FIRST =
            Comparator.comparing(waiting -> waiting.since().orElse(Instant.MIN));

    /** Two machines that share a disk may differ by as much. */
    private static final Duration MOST_AHEAD = Duration.ofMinutes(1);

    private final Surroundings around;
    private final PrintWriter out;

    @Parameters(paramLabel = "DIR", description = "The log's directory, or the demo's folder.")
    private Path directory = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    StatusCommand(Surroundings around) {
        this.around = around;
        this.out = around.out();
    }

    @Override
    public Integer call() {
        Path log = LogPath.of(directory);
        return ParticipantInspection.isIn(log) ? participant(log) : coordinator(log);
    }

    private int participant(Path log) {
        ParticipantInspection inspection = ParticipantInspection.of(log);
        Holder holder = Holder.of(inspection.process(), inspection.incarnation(), Optional.empty());
        if (json) {
            ObjectNode page = head(log, "participant", inspection.incarnation(), holder);
            ArrayNode inDoubt = page.putArray("inDoubt");
            inspection.inDoubt().forEach(id -> inDoubt.add(id.toString()));
            ArrayNode alone = page.putArray("decidedAlone");
            inspection
                    .alone()
                    .forEach((id, ending) -> alone.addObject()
                            .put("id", id.toString())
                            .put("decided", ending.name().toLowerCase(Locale.ROOT)));
            ResolveCommand.describe(page, inspection.resolutions());
            out.println(Json.page(page.put("damage", inspection.damage().orElse(null))));
        } else {
            out.println("Participant's log in " + log + ": " + holder.words());
            Table inDoubt = new Table(Side.LEFT, Side.LEFT);
            inspection.inDoubt().forEach(id -> inDoubt.row(id.toString(), "prepared, waits for its coordinator"));
            print("In doubt", inDoubt, inspection.damage());
            Table alone = new Table(Side.LEFT, Side.LEFT);
            inspection
                    .alone()
                    .forEach((id, ending) -> alone.row(
                            id.toString(),
                            ending.name().toLowerCase(Locale.ROOT) + " here; its coordinator hasn't spoken yet"));
            print("Decided alone", alone, inspection.damage());
            Table persons = new Table(Side.LEFT, Side.LEFT);
            inspection.resolutions().forEach(each -> persons.row(each.id().toString(), LogCommand.resolved(each)));
            if (!inspection.resolutions().isEmpty()) {
                print("Resolved by a person", persons, inspection.damage());
            }
        }
        return ended(inspection.damage());
    }

    private int coordinator(Path log) {
        LogInspection inspection = LogInspection.of(log);
        Optional<CoordinatorStatus> status =
                CoordinatorStatus.in(log).filter(written -> written.incarnation() <= inspection.incarnation());
        Holder holder = Holder.of(inspection.process(), inspection.incarnation(), status);
        List<Waiting> waiting = waiting(inspection, status, holder);
        if (json) {
            ObjectNode page = head(log, "coordinator", inspection.incarnation(), holder);
            page.put("stopped", stopped(status, holder).orElse(null));
            ArrayNode pending = page.putArray("pending");
            waiting.forEach(each -> describe(each, pending.addObject()));
            LogPage.heuristics(page, inspection.heuristics());
            out.println(Json.page(page.put("damage", inspection.damage().orElse(null))));
        } else {
            Instant now = around.clock().instant();
            out.println("Coordinator's log in " + log + ": " + holder.words());
            clockSetBack(status, now).ifPresent(out::println);
            stopped(status, holder).ifPresent(why -> out.println("It decides nothing any more: " + Text.oneLine(why)));
            Table table = new Table(Side.LEFT, Side.LEFT, Side.LEFT, Side.LEFT, Side.LEFT, Side.LEFT);
            waiting.forEach(each -> table.row(
                    each.name(),
                    each.id().map(Object::toString).orElse(""),
                    each.what(),
                    each.age(now),
                    each.tried(now),
                    each.failure().orElse("")));
            print("Not done", table, inspection.damage());
            Table settle = new Table(Side.LEFT, Side.LEFT, Side.LEFT);
            inspection
                    .heuristics()
                    .forEach(record -> settle.row(record.name(), record.id().toString(), LogCommand.alone(record)));
            print("For a person to settle", settle, inspection.damage());
        }
        return ended(inspection.damage());
    }

    /** A running coordinator knows better than its log, in which the ends of what is done may still be missing. */
    private static List<Waiting> waiting(LogInspection inspection, Optional<CoordinatorStatus> status, Holder holder) {
        List<Waiting> waiting = new ArrayList<>();
        if (status.isPresent() && holder.state() == Holder.State.OPEN) {
            CoordinatorStatus written = status.get();
            written.pending().forEach(pending -> waiting.add(Waiting.of(pending, written.written())));
            waiting.sort(OLDEST_FIRST);
            return waiting;
        }
        Map<Where, Instant> since = since(status);
        inspection
                .unfinished()
                .forEach(record -> record.participants()
                        .forEach(participant -> waiting.add(new Waiting(
                                Task.COMMIT,
                                Optional.of(record.id()),
                                record.name(),
                                participant,
                                Optional.ofNullable(since.get(new Where(record.id(), participant))),
                                0,
                                Optional.of("no coordinator says that it has this log open: start it"),
                                Optional.empty()))));
        waiting.sort(OLDEST_FIRST);
        return waiting;
    }

    private record Where(TransactionId id, String participant) {}

    /** Since when, as far as the coordinator that is gone has written it down. */
    private static Map<Where, Instant> since(Optional<CoordinatorStatus> status) {
        Map<Where, Instant> since = new HashMap<>();
        status.ifPresent(written -> written.pending().stream()
                .map(pending -> Waiting.of(pending, written.written()))
                .forEach(known -> known.id()
                        .ifPresent(id -> known.since()
                                .ifPresent(began -> since.put(new Where(id, known.participant()), began)))));
        return since;
    }

    /** Nothing that is decided rests on the time of day; what a person reads here does. */
    private static Optional<String> clockSetBack(Optional<CoordinatorStatus> status, Instant now) {
        return status.map(CoordinatorStatus::written)
                .filter(written -> written.isAfter(now.plus(MOST_AHEAD)))
                .map(written ->
                        "The clock has been set back: what follows was written at " + written + ", and now it is " + now
                                + ". Ages and times of the next try are wrong by that; nothing else is");
    }

    private static Optional<String> stopped(Optional<CoordinatorStatus> status, Holder holder) {
        return status.filter(unused -> holder.state() == Holder.State.OPEN).flatMap(CoordinatorStatus::stopped);
    }

    private static ObjectNode head(Path log, String kind, int incarnation, Holder holder) {
        return Json.object()
                .put("directory", log.toString())
                .put("kind", kind)
                .put("incarnation", incarnation)
                .put("process", holder.process())
                .put("processState", holder.state().name().toLowerCase(Locale.ROOT));
    }

    private static void describe(Waiting waiting, ObjectNode object) {
        object.put("task", waiting.task().name().toLowerCase(Locale.ROOT))
                .put("id", waiting.id().map(Object::toString).orElse(null))
                .put("name", waiting.name())
                .put("participant", waiting.participant())
                .put("since", waiting.since().map(Object::toString).orElse(null))
                .put("attempts", waiting.attempts())
                .put("failure", waiting.failure().orElse(null))
                .put("next", waiting.next().map(Object::toString).orElse(null));
    }

    private void print(String heading, Table table, Optional<String> damage) {
        out.println();
        LogCommand.section(heading, "nothing", table, damage).forEach(out::println);
    }

    private static int ended(Optional<String> damage) {
        damage.ifPresent(fault -> {
            throw Complaint.failed(Text.oneLine(fault) + ". Above stands what was read before that place; avow verify"
                    + " shows every file");
        });
        return 0;
    }
}
