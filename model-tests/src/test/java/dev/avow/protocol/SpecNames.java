package dev.avow.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names in spec/TwoPhaseCommit.tla and its models, by their place in the text. */
final class SpecNames {
    /** The directory of the parent pom. */
    static final Path ROOT =
            Path.of(System.getProperty("avow.root", "..")).toAbsolutePath().normalize();

    private static final String SPEC = read("spec/TwoPhaseCommit.tla");
    private static final String NAME = "(\\w+)";

    private SpecNames() {}

    /** The actions in {@code Next}. */
    static List<String> actions() {
        String next = only(SPEC, "(?s)\\nNext ==(.*?)\\nSpec ==");
        return all(next, "\\b((?:Coordinator|Participant|Log)[A-Z]\\w+)").toList();
    }

    /** The strings of a set such as {@code Vote == {"yes", "readOnly", "no"}}. */
    static List<String> members(String set) {
        return all(only(SPEC, "(?s)\\n" + set + " ==\\s*\\{(.*?)}"), "\"" + NAME + "\"")
                .toList();
    }

    /** The definitions that make a message, such as {@code Prepare(p) == [type |-> "prepare", ...]}. */
    static List<String> messages() {
        return all(SPEC, "(?m)^" + NAME + "\\([^)]*\\)\\s*== \\[type").toList();
    }

    /** What the models check after every step, and in the end. */
    static List<String> rules() {
        String termination = only(read("spec/TwoPhaseCommit_termination.cfg"), "(?m)^PROPERTY(.*)$");
        return Stream.concat(invariants().stream(), all(termination, NAME)).toList();
    }

    /** What the models check after every step, but for the types. */
    static List<String> invariants() {
        return all(only(read("spec/TwoPhaseCommit_2p2c.cfg"), "(?m)^INVARIANTS Types(.*)$"), NAME)
                .toList();
    }

    /** The sentence above a rule. */
    static String sentence(String rule) {
        return only(SPEC, "\\n\\\\\\* ([^\\n]*)\\n" + rule + " ==");
    }

    private static String only(String text, String pattern) {
        List<String> found = all(text, pattern).toList();
        if (found.size() != 1) {
            throw new IllegalStateException("the spec has " + found.size() + " places that match " + pattern
                    + ", not one: its layout has changed, so change the pattern");
        }
        return found.get(0);
    }

    private static Stream<String> all(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
