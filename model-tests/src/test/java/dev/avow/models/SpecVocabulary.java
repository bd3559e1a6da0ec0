package dev.avow.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names in a TLA+ module, read from its text: TLC's coverage can't give them, since an action quantified over an
 * empty constant set vanishes from it. Definitions start in the first column.
 */
final class SpecVocabulary {
    private static final Pattern EXTENDS = Pattern.compile("^EXTENDS\\s+(\\w+(?:\\s*,\\s*\\w+)*)", Pattern.MULTILINE);
    // A definition's name and body. The body ends where the next unit starts in the first column.
    private static final Pattern DEFINITION = Pattern.compile(
            "^(\\w+)(?:\\([^)]*\\))?\\s*==(.*?)(?=^\\w|^----|^====|\\z)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern QUANTIFIER = Pattern.compile("\\\\E[^:]*:");
    private static final Pattern DISJUNCT = Pattern.compile("(?:^|\\\\/)[\\s(]*(\\w+)");
    private static final Pattern CALL = Pattern.compile("(\\w+)(?:\\([^()]*\\))?");
    private static final Pattern CALLS_ONLY = Pattern.compile("(?:\\s|\\\\/|[()]|" + CALL + ")*+");
    private static final Pattern LITERAL = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern LITERAL_SET = Pattern.compile("\\{\\s*\"[^\"]*\"(?:\\s*,\\s*\"[^\"]*\")*\\s*}");

    private final Map<String, String> bodies;

    private SpecVocabulary(Map<String, String> bodies) {
        this.bodies = bodies;
    }

    /** Reads a module and the modules that it extends, found beside it or in the folder above. */
    static SpecVocabulary read(Path module) {
        Map<String, String> bodies = new LinkedHashMap<>();
        collect(module, bodies);
        return new SpecVocabulary(bodies);
    }

    static SpecVocabulary ofText(String text) {
        Map<String, String> bodies = new LinkedHashMap<>();
        collect(TlaText.withoutComments(text), bodies);
        return new SpecVocabulary(bodies);
    }

    /** The actions in {@code Next}, in the spec's order; none if the module has no {@code Next}. */
    Set<String> actions() {
        return actions("Next");
    }

    /** The actions in a next-state relation. A definition that only joins others counts as those others. */
    Set<String> actions(String next) {
        Set<String> actions = new LinkedHashSet<>();
        for (String name : disjuncts(next)) {
            Set<String> joined = onlyJoinsOthers(name) ? actions(name) : Set.of(name);
            actions.addAll(joined);
        }
        return actions;
    }

    /** The string literals in a definition, in the spec's order. */
    Set<String> literals(String definition) {
        String body = Optional.ofNullable(bodies.get(definition))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the spec doesn't define " + definition + "; it defines " + bodies.keySet()));
        return literalsIn(body);
    }

    /** Every definition that is a set of string literals, such as {@code Vote == {"yes", "no"}}. */
    Map<String, Set<String>> literalSets() {
        Map<String, Set<String>> sets = new LinkedHashMap<>();
        bodies.forEach((name, body) -> {
            if (LITERAL_SET.matcher(body.strip()).matches()) {
                sets.put(name, literalsIn(body));
            }
        });
        return sets;
    }

    private Set<String> disjuncts(String definition) {
        return DISJUNCT.matcher(disjunction(definition))
                .results()
                .map(match -> match.group(1))
                .filter(bodies::containsKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private boolean onlyJoinsOthers(String definition) {
        return !disjuncts(definition).isEmpty()
                && CALLS_ONLY.matcher(disjunction(definition)).matches()
                && CALL.matcher(disjunction(definition))
                        .results()
                        .map(match -> match.group(1))
                        .allMatch(bodies::containsKey);
    }

    private String disjunction(String definition) {
        return QUANTIFIER.matcher(bodies.getOrDefault(definition, "")).replaceAll(Matcher.quoteReplacement("\\/"));
    }

    private static void collect(Path module, Map<String, String> bodies) {
        String text = TlaText.withoutComments(text(module));
        EXTENDS.matcher(text)
                .results()
                .flatMap(match -> Stream.of(match.group(1).split("\\s*,\\s*", -1)))
                .flatMap(name -> find(module, name).stream())
                .forEach(extended -> collect(extended, bodies));
        collect(text, bodies);
    }

    private static void collect(String text, Map<String, String> bodies) {
        DEFINITION
                .matcher(text)
                .results()
                .forEach(match -> bodies.put(match.group(1), match.group(2).strip()));
    }

    // TLA+'s own modules aren't there, and have no actions.
    private static Optional<Path> find(Path module, String extended) {
        return Stream.of("", "..")
                .map(folder -> module.resolveSibling(folder).resolve(extended + ".tla"))
                .filter(Files::exists)
                .findFirst();
    }

    private static Set<String> literalsIn(String body) {
        return LITERAL.matcher(body)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
