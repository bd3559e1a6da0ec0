package dev.avow.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What TLC said about a model.
 *
 * @param verdict empty when TLC couldn't judge: a typo, an evaluation error, a crash
 * @param reported what TLC calls the violated property: a name, or a place in a module
 * @param taken how often each action was taken, repetitions of known states included
 * @param trace the counterexample's states as TLC prints them
 * @param output all that TLC printed
 */
record TlcResult(
        Optional<Verdict> verdict,
        Optional<String> reported,
        OptionalLong distinct,
        OptionalInt depth,
        Map<String, Long> taken,
        List<String> trace,
        List<String> warnings,
        String output) {
    private static final int COUNTS = 2199;
    private static final int PROGRESS = 2200;
    private static final int DEPTH = 2194;
    private static final int COVERAGE_BEGINS = 2201;
    private static final int ACTION_COVERAGE = 2772;

    private static final Pattern REPORTED =
            Pattern.compile("^(?:Invariant|Action property|Property) (.+?) is violated");
    private static final Pattern DISTINCT_STATES = Pattern.compile("([\\d,]+) distinct states? found");
    private static final Pattern SEARCH_DEPTH = Pattern.compile("state graph search is (\\d+)");
    private static final Pattern PROGRESS_DEPTH = Pattern.compile("^Progress\\((\\d+)\\)");
    // <Name line 8, col 1 to line 8, col 10 of module M>: NEW:TAKEN
    private static final Pattern TIMES_TAKEN = Pattern.compile("^<(\\w+) line .*>: (\\d+):(\\d+)", Pattern.DOTALL);

    static TlcResult parse(int exitCode, String output) {
        List<TlcMessage> messages = TlcMessage.parse(output);
        return new TlcResult(
                Verdict.of(exitCode, messages.stream().map(TlcMessage::code).toList()),
                messages.stream()
                        .flatMap(message -> find(REPORTED, message.text()).stream())
                        .findFirst(),
                last(messages, COUNTS, DISTINCT_STATES)
                        .map(digits -> OptionalLong.of(Long.parseLong(digits)))
                        .orElse(OptionalLong.empty()),
                depth(messages),
                coverage(messages),
                trace(messages),
                messages.stream()
                        .filter(TlcMessage::isWarning)
                        .map(message -> message.code() + ": " + message.text())
                        .toList(),
                output);
    }

    // After a violated temporal property TLC leaves out the depth; its last progress report has it.
    private static OptionalInt depth(List<TlcMessage> messages) {
        return last(messages, DEPTH, SEARCH_DEPTH)
                .or(() -> last(messages, COUNTS, DISTINCT_STATES)
                        .flatMap(counts -> last(messages, PROGRESS, PROGRESS_DEPTH)))
                .map(digits -> OptionalInt.of(Integer.parseInt(digits)))
                .orElse(OptionalInt.empty());
    }

    private static Map<String, Long> coverage(List<TlcMessage> messages) {
        Map<String, Long> taken = new TreeMap<>();
        for (TlcMessage message : messages) {
            if (message.code() == COVERAGE_BEGINS) {
                // A long run reports every minute; the counts go on growing.
                taken.clear();
            }
            Matcher matcher = TIMES_TAKEN.matcher(message.text());
            if (message.code() == ACTION_COVERAGE && matcher.find()) {
                taken.merge(matcher.group(1), Long.valueOf(matcher.group(3)), Long::sum);
            }
        }
        return taken;
    }

    private static List<String> trace(List<TlcMessage> messages) {
        List<String> trace = new ArrayList<>();
        for (TlcMessage message : messages) {
            switch (message.code()) {
                // A state, stuttering, the way back to an earlier state.
                case 2217, 2218, 2122 -> trace.add(message.text());
                // Violated by an initial state: that state follows in the same message.
                case 2107, 2108 ->
                    Stream.of(message.text().split("\\R", 2))
                            .skip(1)
                            .forEach(state -> trace.add("1: <Initial predicate>\n" + state));
                default -> {}
            }
        }
        return trace;
    }

    private static Optional<String> last(List<TlcMessage> messages, int code, Pattern pattern) {
        return messages.stream()
                .filter(message -> message.code() == code)
                .flatMap(message -> find(pattern, message.text()).stream())
                .reduce((earlier, later) -> later)
                .map(digits -> digits.replace(",", ""));
    }

    private static Optional<String> find(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).findFirst();
    }
}
