package dev.avow.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Json;
import dev.avow.cli.terminal.Table;
import dev.avow.cli.terminal.Table.Side;
import dev.avow.cli.terminal.Text;
import dev.avow.engine.CoordinatorStatus;
import dev.avow.engine.LogCheck;
import dev.avow.engine.LogCheck.FileCheck;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code avow verify}. */
@Command(
        name = "verify",
        description =
                "Checks every byte of a log that means something: headers, frames, checksums, records, the numbers of"
                        + " its incarnations. Takes a coordinator's directory or a participant's. Changes nothing and takes no"
                        + " lock, also while it is in use.",
        footer = {"", "Ends with 0 if the log is whole, 1 if it is damaged, 2 if there is none that this version reads."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class VerifyCommand implements Callable<Integer> {
    private final Surroundings around;

    @Parameters(paramLabel = "DIR", description = "The log's directory, or the demo's folder.")
    private Path directory = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    VerifyCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Path log = LogPath.of(directory);
        LogCheck check = LogCheck.of(log);
        Holder holder = Holder.of(check.process(), check.incarnation(), CoordinatorStatus.in(log));
        if (json) {
            around.out().println(Json.page(page(log, check, holder)));
        } else {
            print(log, check, holder);
        }
        if (!check.isWhole()) {
            throw Complaint.failed("the log in " + log + " is damaged. Don't put an older copy in its place: it has"
                    + " forgotten decisions. avow log shows what can still be read");
        }
        return 0;
    }

    private void print(Path log, LogCheck check, Holder holder) {
        around.out()
                .println("This is " + check.kind() + " in " + log + ": "
                        + (check.process() == 0 ? "who opened it last can't be read" : holder.words()));
        if (holder.state() != Holder.State.GONE) {
            around.out().println("While it is in use, the end of the newest segment may move during this check.");
        }
        around.out().println();
        Table table = new Table(Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.LEFT);
        check.files()
                .forEach(file -> table.row(
                        file.name(),
                        Text.count(file.bytes(), "byte"),
                        Text.count(file.frames(), "frame"),
                        Text.count(file.records(), "record"),
                        verdict(file)));
        table.lines().forEach(around.out()::println);
    }

    private static String verdict(FileCheck file) {
        return file.damage()
                .map(damage -> "DAMAGED: " + damage)
                .orElseGet(() -> file.tornAt()
                        .map(at -> "whole up to byte " + at + ", where a write was cut short or is under way: harmless")
                        .orElse(file.counts() ? "whole" : "superseded or empty; no opening reads it"));
    }

    private static ObjectNode page(Path log, LogCheck check, Holder holder) {
        ObjectNode page = Json.object()
                .put("directory", log.toString())
                .put("kind", check.kind())
                .put("whole", check.isWhole())
                .put("incarnation", check.incarnation())
                .put("process", check.process())
                .put("processState", holder.state().name().toLowerCase(Locale.ROOT));
        ArrayNode files = page.putArray("files");
        check.files()
                .forEach(file -> files.addObject()
                        .put("name", file.name())
                        .put("bytes", file.bytes())
                        .put("frames", file.frames())
                        .put("records", file.records())
                        .put("counts", file.counts())
                        .put("damage", file.damage().orElse(null))
                        .put("damagedAt", file.damagedAt().orElse(null))
                        .put("tornAt", file.tornAt().orElse(null)));
        return page;
    }
}
