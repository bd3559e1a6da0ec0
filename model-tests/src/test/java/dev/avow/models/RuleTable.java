package dev.avow.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The table of spec/README.md: each rule, its line in the spec, the lines of Java that keep it, its broken model. */
final class RuleTable {
    static final List<String> RULES = List.of(
            "Agreement",
            "VoteDurable",
            "NoRegret",
            "DecisionDurable",
            "PresumedAbort",
            "AnswerOnlyDecided",
            "PeersNeverPresume",
            "ForgetAfterAcks",
            "UnknownVotesNo",
            "Fenced",
            "HeuristicReported",
            "Termination");

    private static final Pattern BLOCK = Pattern.compile("(?s)(<!-- rules: [^>]*-->\n).*(<!-- end of rules -->)");

    private final Path root;

    RuleTable(Path root) {
        this.root = root;
    }

    private Path readme() {
        return root.resolve("spec/README.md");
    }

    /** The README as it is. */
    String written() throws IOException {
        return Files.readString(readme());
    }

    /** The README as it has to be. */
    String expected() throws IOException {
        return BLOCK.matcher(written()).replaceFirst(match -> match.group(1) + rows() + match.group(2));
    }

    void update() throws IOException {
        Files.writeString(readme(), expected());
    }

    private String rows() {
        StringBuilder rows = new StringBuilder("\n| rule | promise | Java | broken model |\n|---|---|---|---|\n");
        for (String rule : RULES) {
            rows.append("| [")
                    .append(rule)
                    .append("](TwoPhaseCommit.tla#L")
                    .append(specLine(rule))
                    .append(") | ");
            rows.append(promise(rule)).append(" | ").append(javaLines(rule)).append(" | ");
            rows.append('[').append(rule).append("Broken](broken/").append(rule).append("Broken.tla) |\n");
        }
        return rows.append('\n').toString();
    }

    private int specLine(String rule) {
        return lines(spec()).indexOf(rule + " ==") + 1;
    }

    /** The comment above the rule's definition; for Termination, the first sentence of its section. */
    private String promise(String rule) {
        int line = specLine(rule);
        if (line == 0) {
            throw new IllegalStateException("rule " + rule + " has no definition \"" + rule + " ==\" in " + spec());
        }
        String above = lines(spec()).get(line - 2);
        if (!above.startsWith("\\* ")) {
            throw new IllegalStateException("rule " + rule + " has no sentence above it in " + spec());
        }
        return above.substring(3);
    }

    private String javaLines(String rule) {
        Pattern named = Pattern.compile("^\\s*(//|\\*|/\\*\\*).*\\([^()]*\\b" + rule + "\\b[^()]*\\)");
        List<String> links = new ArrayList<>();
        for (Path file : sources()) {
            List<String> lines = lines(file);
            for (int line = 0; line < lines.size(); line++) {
                if (named.matcher(lines.get(line)).find()) {
                    String shown = String.valueOf(file.getFileName()).replace(".java", "");
                    String target = "../" + root.relativize(file).toString().replace('\\', '/');
                    links.add("[" + shown + "](" + target + "#L" + (line + 1) + ")");
                }
            }
        }
        if (links.isEmpty()) {
            throw new IllegalStateException("no comment in the Java under src names the rule " + rule);
        }
        return String.join(", ", links);
    }

    private List<Path> sources() {
        List<Path> found = new ArrayList<>();
        for (String module : List.of("protocol", "engine", "xa")) {
            try (Stream<Path> files =
                    Files.walk(root.resolve("src").resolve(module).resolve("main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(found::add);
            } catch (IOException failure) {
                throw new UncheckedIOException("can't list the sources of " + module, failure);
            }
        }
        return found;
    }

    private Path spec() {
        return root.resolve("spec/TwoPhaseCommit.tla");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("can't read " + file, failure);
        }
    }
}
