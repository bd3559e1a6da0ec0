package dev.avow.cli.demo;

import dev.avow.cli.terminal.Text;
import dev.avow.engine.Observer;
import dev.avow.engine.TransactionId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that was seen to happen in a transaction: a step of the protocol under its name in the specification, or one
 * of the application's own, which the specification doesn't name. It fits on a line, since a process that is about to be
 * halted can leave no more behind.
 *
 * @param transaction its id
 * @param participant whom it concerns; empty where it concerns all
 * @param detail the vote, the work or the outcome
 * @param state where the coordinator stands after it; empty if it isn't a step of the protocol
 */
public record Sighting(String transaction, String action, String participant, String detail, String state) {
    public static final String WORK = "ApplicationWork";
    public static final String REFUSAL = "ApplicationRefusal";
    public static final String COMMIT = "ApplicationCommit";
    public static final String ABORT = "ApplicationAbort";
    public static final String OUTCOME = "ApplicationOutcome";
    public static final String HALT = "ProcessHalt";
    public static final String RESTART = "ProcessRestart";
    public static final String PAUSE = "ProcessPause";
    public static final String RESUMPTION = "ProcessResumption";

    /** Whom a halt concerns that leaves the participants alone. */
    public static final String SHOP = "shop";

    private static final String MARK = "avow-saw";
    private static final String SEPARATOR = "\t";

    public static Sighting of(Observer.Step step) {
        return new Sighting(
                step.id().toString(),
                step.action(),
                step.participant().orElse(""),
                step.detail(),
                step.state().name());
    }

    public static Sighting application(TransactionId id, String action, String participant, String detail) {
        return new Sighting(id.toString(), action, participant, detail, "");
    }

    public String toLine() {
        return Stream.of(MARK, transaction, action, participant, detail, state)
                .map(Text::oneLine)
                .collect(Collectors.joining(SEPARATOR));
    }

    /** The inverse of {@link #toLine}; empty for any other line. */
    public static Optional<Sighting> parse(String line) {
        List<String> parts = List.of(line.split(SEPARATOR, -1));
        return parts.size() == 6 && parts.get(0).equals(MARK)
                ? Optional.of(new Sighting(parts.get(1), parts.get(2), parts.get(3), parts.get(4), parts.get(5)))
                : Optional.empty();
    }
}
