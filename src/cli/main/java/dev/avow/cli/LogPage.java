package dev.avow.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avow.cli.terminal.Json;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogInspection;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What {@code avow log} shows, for programs. */
final class LogPage {
    private LogPage() {}

    static ObjectNode of(Path log, LogInspection inspection) {
        ObjectNode page = Json.object()
                .put("directory", log.toString())
                .put("incarnation", inspection.incarnation())
                .put("bytes", inspection.bytes());
        ArrayNode unfinished = page.putArray("unfinished");
        inspection.unfinished().forEach(record -> {
            ObjectNode object = named(unfinished, record.id().toString(), record.name());
            ArrayNode participants = object.putArray("participants");
            record.participants().forEach(participants::add);
        });
        heuristics(page, inspection.heuristics());
        ResolveCommand.describe(page, inspection.resolutions());
        ArrayNode remembered = page.putArray("remembered");
        inspection
                .remembered()
                .forEach(outcome -> named(remembered, outcome.id().toString(), outcome.name())
                        .put("ending", outcome.ending().name().toLowerCase(Locale.ROOT)));
        return page.put("damage", inspection.damage().orElse(null));
    }

    static void heuristics(ObjectNode page, List<HeuristicRecord> records) {
        ArrayNode heuristics = page.putArray("heuristics");
        records.forEach(record -> named(heuristics, record.id().toString(), record.name())
                .put("participant", record.participant())
                .put("decided", record.decided())
                .put("decision", record.decision()));
    }

    private static ObjectNode named(ArrayNode array, String id, String name) {
        return array.addObject().put("id", id).put("name", name);
    }
}
