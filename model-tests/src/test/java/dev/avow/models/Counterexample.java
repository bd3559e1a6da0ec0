package dev.avow.models;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A counterexample as a person reads it: the first state whole, then per step only what changed. */
final class Counterexample {
    private static final Pattern NEXT_VARIABLE = Pattern.compile("\\R(?=/\\\\ )");
    private static final Pattern PLACE = Pattern.compile(" line \\d+, col \\d+ to line \\d+, col \\d+");

    private Counterexample() {}

    static String describe(List<String> trace) {
        List<String> steps = new ArrayList<>();
        List<String> before = List.of();
        for (String state : trace) {
            List<String> parts = List.of(NEXT_VARIABLE.split(state, -1));
            List<String> known = before;
            steps.add(parts.stream()
                    .filter(part -> !known.contains(part))
                    .map(part -> part.replace("\n", "\n    "))
                    .collect(Collectors.joining("\n    ", "  ", "")));
            before = parts;
        }
        return PLACE.matcher(String.join("\n", steps)).replaceAll("");
    }
}
