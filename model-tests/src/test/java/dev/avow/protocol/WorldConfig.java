package dev.avow.protocol;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The constants of a world: the spec's, and how a run ends.
 *
 * @param branches how many participants there are
 * @param maxCrashes how many crashes and takeovers may happen
 * @param mayTakeOver whether a later incarnation may open the log while an earlier one lives
 * @param mayBeReadOnly whether a participant may vote readOnly
 * @param mayDecideAlone whether a participant may decide alone while in doubt
 * @param mayAskPeers whether a participant in doubt may ask the others
 * @param patient whether, when the faults have stopped, timeouts come last, or else first
 */
record WorldConfig(
        int branches,
        int maxCrashes,
        boolean mayTakeOver,
        boolean mayBeReadOnly,
        boolean mayDecideAlone,
        boolean mayAskPeers,
        boolean patient) {
    private static final Pattern TEXT = Pattern.compile("(\\d+)p(\\d+)c([traph]*)");

    static WorldConfig of(int branches, int maxCrashes) {
        return new WorldConfig(branches, maxCrashes, false, false, false, false, true);
    }

    WorldConfig withTakeOver() {
        return new WorldConfig(branches, maxCrashes, true, mayBeReadOnly, mayDecideAlone, mayAskPeers, patient);
    }

    WorldConfig withReadOnly() {
        return new WorldConfig(branches, maxCrashes, mayTakeOver, true, mayDecideAlone, mayAskPeers, patient);
    }

    WorldConfig withDecidingAlone() {
        return new WorldConfig(branches, maxCrashes, mayTakeOver, mayBeReadOnly, true, mayAskPeers, patient);
    }

    WorldConfig withPeers() {
        return new WorldConfig(branches, maxCrashes, mayTakeOver, mayBeReadOnly, mayDecideAlone, true, patient);
    }

    /** Reads what {@link #toString} writes. */
    static WorldConfig parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no configuration: write for example 2p1c, and behind"
                            + " it t (takeover), r (readOnly), a (decides alone), p (asks peers), h (hasty timeouts)");
        }
        String flags = matcher.group(3);
        return new WorldConfig(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                flags.contains("t"),
                flags.contains("r"),
                flags.contains("a"),
                flags.contains("p"),
                !flags.contains("h"));
    }

    /** A model of TwoPhaseCommit with these constants. */
    String toCfg() {
        List<String> names =
                IntStream.range(0, branches).mapToObj(SpecView::participant).toList();
        String declared =
                names.stream().map(name -> "  " + name + " = " + name + "\n").collect(Collectors.joining());
        return "CONSTANTS\n" + declared
                + "  Participant = {" + String.join(", ", names) + "}\n"
                + "  MaxCrashes = " + maxCrashes + "\n"
                + "  MayTakeOver = " + tla(mayTakeOver) + "\n"
                + "  MayBeReadOnly = " + tla(mayBeReadOnly) + "\n"
                + "  MayDecideAlone = " + tla(mayDecideAlone) + "\n"
                + "  MayAskPeers = " + tla(mayAskPeers) + "\n"
                + "SPECIFICATION Spec\n"
                + "INVARIANTS Types " + String.join(" ", SpecNames.invariants()) + "\n"
                + "PROPERTY SolvesTransactionCommit\n";
    }

    /** The constants of such a model. */
    static WorldConfig ofCfg(String text) {
        return new WorldConfig(
                constant(text, "Participant").split(",", -1).length,
                Integer.parseInt(constant(text, "MaxCrashes")),
                constant(text, "MayTakeOver").equals("TRUE"),
                constant(text, "MayBeReadOnly").equals("TRUE"),
                constant(text, "MayDecideAlone").equals("TRUE"),
                constant(text, "MayAskPeers").equals("TRUE"),
                true);
    }

    private static String constant(String text, String name) {
        Matcher matcher = Pattern.compile("(?m)^\\s*" + name + " = (.*)$").matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("the model doesn't say what " + name + " is");
        }
        return matcher.group(1).strip();
    }

    private static String tla(boolean value) {
        return value ? "TRUE" : "FALSE";
    }

    /** As in the names of the spec's models: 2 participants and 1 crash are 2p1c. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%dp%dc%s%s%s%s%s",
                branches,
                maxCrashes,
                mayTakeOver ? "t" : "",
                mayBeReadOnly ? "r" : "",
                mayDecideAlone ? "a" : "",
                mayAskPeers ? "p" : "",
                patient ? "" : "h");
    }
}
