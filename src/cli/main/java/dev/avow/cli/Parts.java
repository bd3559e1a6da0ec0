package dev.avow.cli;

import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Suggestion;
import dev.avow.cli.terminal.Text;
import dev.avow.engine.LogInspection;
import dev.avow.engine.ParticipantInspection;
import dev.avow.engine.RememberedOutcome.Ending;
import dev.avow.engine.TransactionId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what a person means to resolve, or tells what there is. */
final class Parts {
    private static final int MOST_LISTED = 10;

    private Parts() {}

    /** At least one, all of one transaction. */
    static List<Part> of(Path log, String name, Optional<String> participant) {
        LogInspection inspection = LogInspection.of(log);
        inspection.damage().ifPresent(damage -> {
            throw Complaint.failed(Text.oneLine(damage) + ". A damaged log can't be changed: avow verify shows it");
        });
        List<Part> all = Stream.concat(
                        inspection.unfinished().stream()
                                .flatMap(record -> record.participants().stream()
                                        .map(each -> new Part(record.id(), record.name(), each))),
                        inspection.heuristics().stream()
                                .map(record -> new Part(record.id(), record.name(), record.participant())))
                .distinct()
                .toList();
        List<Part> meant = all.stream()
                .filter(part -> part.name().equals(name) || part.id().toString().equals(name))
                .toList();
        if (meant.isEmpty()) {
            throw Complaint.wrongInput(Text.oneLine(name) + " is neither unfinished nor contradicted in " + log
                    + suggestion(name, all.stream().map(Part::name).distinct().toList()));
        }
        List<String> ids =
                meant.stream().map(part -> part.id().toString()).distinct().toList();
        if (ids.size() > 1) {
            throw Complaint.wrongInput("there are " + ids.size() + " transactions called " + Text.oneLine(name)
                    + ": give the id, " + some(ids));
        }
        List<Part> wanted = meant.stream()
                .filter(part -> participant.isEmpty() || participant.get().equals(part.participant()))
                .toList();
        if (wanted.isEmpty()) {
            throw Complaint.wrongInput(Text.oneLine(participant.orElse("")) + " has nothing to be resolved in "
                    + Text.oneLine(name) + "; there is "
                    + some(meant.stream().map(Part::participant).toList()));
        }
        return wanted;
    }

    /** A branch in doubt, in a participant's own directory. */
    static Part branch(Path log, String name, Optional<String> participant, Ending decision) {
        participant.ifPresent(named -> {
            throw Complaint.wrongInput("--participant " + Text.oneLine(named) + " has no meaning here: " + log
                    + " is a participant's own log. Leave it out, or name the coordinator's log");
        });
        ParticipantInspection inspection = ParticipantInspection.of(log);
        inspection.damage().ifPresent(damage -> {
            throw Complaint.failed(Text.oneLine(damage) + ". A damaged log can't be changed: avow verify shows it");
        });
        List<String> inDoubt =
                inspection.inDoubt().stream().map(TransactionId::toString).toList();
        inspection.alone().entrySet().stream()
                .filter(known -> known.getKey().toString().equals(name))
                .findFirst()
                .ifPresent(known -> {
                    throw Complaint.failed(name + " was decided alone here before: "
                            + (known.getValue() == Ending.COMMITTED ? "committed" : "aborted")
                            + (known.getValue() == decision
                                    ? ". There is nothing left to do"
                                    : ", which can't be undone, not by force either"));
                });
        if (!inDoubt.contains(name)) {
            throw Complaint.wrongInput(Text.oneLine(name) + " isn't in doubt in " + log + suggestion(name, inDoubt)
                    + " (a participant's log knows ids, no names)");
        }
        Path last = Optional.ofNullable(log.toAbsolutePath().normalize().getFileName())
                .orElse(log);
        return new Part(TransactionId.parse(name), name, last.toString());
    }

    private static String suggestion(String typed, List<String> known) {
        if (known.isEmpty()) {
            return ": nothing is";
        }
        return Suggestion.nearest(typed, known)
                .map(meant -> "; did you mean " + Text.oneLine(meant) + "?")
                .orElseGet(() -> "; there is " + some(known));
    }

    private static String some(List<String> all) {
        List<String> first = all.stream().limit(MOST_LISTED).map(Text::oneLine).toList();
        return all.size() > MOST_LISTED
                ? String.join(", ", first) + " and " + (all.size() - MOST_LISTED) + " more"
                : Text.and(first);
    }
}
