package dev.avow.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Json;
import dev.avow.cli.terminal.Text;
import dev.avow.engine.ContradictionException;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.KeyValueStore;
import dev.avow.engine.LogInUseException;
import dev.avow.engine.LogOptions;
import dev.avow.engine.ParticipantInspection;
import dev.avow.engine.RememberedOutcome.Ending;
import dev.avow.engine.Resolution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code avow resolve}. */
@Command(
        name = "resolve",
        description =
                "Ends what can't end by itself, on the record: who, when and why stay in the log. In a coordinator's"
                        + " directory it settles a contradiction, or ends the telling of a commit to a participant that can't"
                        + " hear it any more. In a participant's directory it decides a branch in doubt alone.",
        footer = {
            "",
            "Ends with 0 if it is done; 1 if it was declined, contradicts the decision, or the log is in use or damaged;",
            "2 if it was asked wrongly, or there is no such transaction."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ResolveCommand implements Callable<Integer> {
    /** All that were remembered stay so: the coordinator that opens the log next has its own limit. */
    private static final LogOptions KEEPING_ALL = LogOptions.defaults().withRememberedOutcomes(Integer.MAX_VALUE);

    private final Surroundings around;

    @Parameters(index = "0", paramLabel = "DIR", description = "The log's directory, or the demo's folder.")
    private Path directory = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            description = "The transaction's name, such as O001, or its id. In a participant's directory: its id.")
    private String name = "";

    /** Which way. */
    private static final class Way {
        @Option(names = "--commit", required = true, description = "It counts as committed.")
        private boolean commit;

        @Option(names = "--abort", required = true, description = "It counts as aborted.")
        private boolean abort;

        Ending ending() {
            if (commit == abort) {
                throw new IllegalStateException("picocli lets exactly one of --commit and --abort through");
            }
            return commit ? Ending.COMMITTED : Ending.ABORTED;
        }
    }

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Way way = new Way();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it stays in the log.")
    private String reason = "";

    @Option(
            names = "--participant",
            paramLabel = "P",
            description = "Only this participant's part of a coordinator's transaction; else every part.")
    private Optional<String> participant = Optional.empty();

    @Option(
            names = "--force",
            description = "Also against the durable decision: a heuristic outcome, recorded as such.")
    private boolean force;

    @Option(names = "--yes", description = "Don't ask.")
    private boolean yes;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ResolveCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        if (reason.isBlank()) {
            throw Complaint.wrongInput("the --reason is blank: say why, for whoever reads the log later");
        }
        if (name.isBlank()) {
            throw Complaint.wrongInput("the NAME is blank: give a transaction's name, such as O001, or its id");
        }
        Path log = LogPath.of(directory);
        try {
            return ParticipantInspection.isIn(log) ? branch(log) : transaction(log);
        } catch (LogInUseException used) {
            throw Complaint.failed(
                    "the log in " + log + " is open in "
                            + (used.pid() == 0 ? "another process" : "process " + used.pid())
                            + ". Stop that one and run this again, or have it call Avow.settle with a Resolution"
                            + " (a KeyValueStore: decideAlone)",
                    used);
        } catch (IllegalArgumentException | IllegalStateException refused) {
            // Somebody else has resolved it meanwhile, or the reason is too long.
            throw Complaint.wrongInput(Text.oneLine(String.valueOf(refused.getMessage())), refused);
        } catch (ContradictionException contradiction) {
            throw Complaint.failed(
                    Text.oneLine(String.valueOf(contradiction.getMessage())) + ": --force does that", contradiction);
        }
    }

    private Ending decision() {
        return way.ending();
    }

    private String word() {
        return decision() == Ending.COMMITTED ? "committed" : "aborted";
    }

    private int transaction(Path log) {
        List<Part> parts = Parts.of(log, name, participant);
        Part first = parts.get(0);
        confirm(Text.oneLine(first.name()) + " (" + first.id() + ") counts as " + word() + " from now on at "
                + Text.oneLine(Text.and(parts.stream().map(Part::participant).toList()))
                + (force ? ", also against the durable decision" : ""));
        List<Resolution> written = new ArrayList<>();
        try (DecisionLog open = DecisionLog.open(log, KEEPING_ALL)) {
            parts.forEach(part -> written.add(open.appendResolution(resolution(part))));
        }
        report(written, "");
        return 0;
    }

    private int branch(Path log) {
        Part part = Parts.branch(log, name, participant, decision());
        confirm(part.id() + " is " + word()
                + " here without its coordinator. If that one has decided otherwise, this is a" + " heuristic outcome");
        Resolution resolution = resolution(part).withForced(true);
        try (KeyValueStore store = KeyValueStore.open(log, part.participant())) {
            store.decideAlone(resolution);
        }
        report(List.of(resolution), ". Its coordinator will be told if it has decided otherwise");
        return 0;
    }

    private Resolution resolution(Part part) {
        return new Resolution(
                part.id(),
                part.name(),
                part.participant(),
                decision(),
                force,
                around.user(),
                around.clock().instant(),
                reason);
    }

    private void confirm(String what) {
        if (yes) {
            return;
        }
        String answer = around.terminal()
                .orElseThrow(() -> Complaint.wrongInput(
                        "there is no terminal to ask whether that is meant: " + what + ". Add --yes if it is"))
                .apply(what + ". It is recorded as done by " + around.user() + ". Type yes to go on: ");
        if (!answer.strip().equals("yes")) {
            throw Complaint.failed("nothing was changed");
        }
    }

    private void report(List<Resolution> written, String more) {
        if (json) {
            ObjectNode page = Json.object();
            ArrayNode all = page.putArray("resolved");
            written.forEach(resolution -> describe(resolution, all.addObject()));
            around.out().println(Json.page(page));
            return;
        }
        written.forEach(resolution -> around.out()
                .println(Text.oneLine(resolution.name()) + " (" + resolution.id() + ") is resolved as " + word()
                        + " at " + Text.oneLine(resolution.participant()) + against(resolution, more) + "."));
    }

    private static String against(Resolution resolution, String more) {
        return !more.isEmpty() || !resolution.forced() ? more : ", against the decision: a heuristic outcome";
    }

    static void describe(ObjectNode page, List<Resolution> all) {
        ArrayNode resolutions = page.putArray("resolutions");
        all.forEach(resolution -> describe(resolution, resolutions.addObject()));
    }

    private static ObjectNode describe(Resolution resolution, ObjectNode object) {
        return object.put("id", resolution.id().toString())
                .put("name", resolution.name())
                .put("participant", resolution.participant())
                .put("decision", resolution.decision().name().toLowerCase(Locale.ROOT))
                .put("forced", resolution.forced())
                .put("who", resolution.who())
                .put("when", resolution.when().toString())
                .put("why", resolution.why());
    }
}
