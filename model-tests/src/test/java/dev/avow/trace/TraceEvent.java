package dev.avow.trace;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One line of a trace: what was seen, and of whom. A line that a kill cut off is no event.
 *
 * @param transaction whom it concerns; {@link #EVERYONE} for what happens to the process
 * @param what an action of the specification, or one of the words below
 * @param arguments the incarnation, the participant, what is carried, as far as each applies
 */
public record TraceEvent(String transaction, String what, List<String> arguments) {
    static final String EVERYONE = "*";

    /** A transaction begins; its participants follow. */
    public static final String BEGIN = "begin";
    /** The process has opened everything; the incarnation follows. */
    static final String OPEN = "open";
    /** The process closes everything and ends. */
    static final String CLOSE = "close";
    /** The caller of commit was told this ending. */
    public static final String TOLD = "told";
    /** A participant has done what an abort asked for. */
    static final String ABORTED = "aborted";

    private static final String END = ".";

    public TraceEvent {
        arguments = List.copyOf(arguments);
    }

    static TraceEvent of(String transaction, String what, String... arguments) {
        return new TraceEvent(transaction, what, List.of(arguments));
    }

    String argument(int index) {
        return arguments.get(index);
    }

    boolean is(String wanted) {
        return what.equals(wanted);
    }

    String toLine() {
        return Stream.concat(Stream.of(transaction, what), Stream.concat(arguments.stream(), Stream.of(END)))
                .collect(Collectors.joining(" "));
    }

    /** Empty if the line isn't whole. */
    static Stream<TraceEvent> parse(String line) {
        List<String> words = Arrays.asList(line.split(" ", -1));
        int last = words.size() - 1;
        return last >= 2 && words.get(last).equals(END)
                ? Stream.of(new TraceEvent(words.get(0), words.get(1), words.subList(2, last)))
                : Stream.empty();
    }

    @Override
    public String toString() {
        return what + (arguments.isEmpty() ? "" : "(" + String.join(", ", arguments) + ")");
    }
}
