package dev.avow.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares what TLC said about a model with its row in MODELS.md. */
final class ModelCheck {
    private static final int LAST_LINES = 20;
    // Marks between messages, and coverage of single expressions.
    private static final Pattern NOISE = Pattern.compile("@!@!@.*|\\s*\\|*line \\d+, col .*|<\\w+ line .*|\\s*");

    private final Path spec;

    ModelCheck(Path spec) {
        this.spec = spec;
    }

    /** Each difference between the row and the run; none if the model is what the table says. */
    List<String> problems(Model model, TlcResult result) {
        ModelConfig config = config(model);
        List<String> problems = new ArrayList<>();
        differs(problems, "verdict", model.verdict().toString(), describe(result.verdict()));
        differs(problems, "violated", orNothing(model.violated()), orNothing(config.violated(result)));
        differs(problems, "distinct states", Model.describe(model.distinct()), Model.describe(result.distinct()));
        differs(problems, "depth", Model.describe(model.depth()), Model.describe(result.depth()));
        result.warnings().forEach(warning -> problems.add("TLC warns, so its verdict can't be relied on: " + warning));
        if (model.verdict().hasCounterexample() && result.trace().isEmpty()) {
            problems.add("TLC shows no counterexample");
        }
        if (result.verdict().equals(Optional.of(Verdict.HOLDS))) {
            vacuous(problems, model, config, result);
        }
        return problems;
    }

    /** The actions of a model's next-state relation, as the text of its module has them. */
    Set<String> nextActions(Model model) {
        SpecVocabulary vocabulary = SpecVocabulary.read(model.moduleFile(spec));
        return config(model).next().map(vocabulary::actions).orElseGet(vocabulary::actions);
    }

    /** All that is needed to understand a difference, and how to see it again. */
    String report(Model model, TlcResult result, List<String> problems, String command) {
        StringBuilder report = new StringBuilder()
                .append(model.config())
                .append(" is not what spec/MODELS.md says:\n  ")
                .append(String.join("\n  ", problems))
                .append("\nTLC's last lines:\n")
                .append(lastLines(result));
        if (!result.trace().isEmpty()) {
            report.append("\nCounterexample:\n").append(Counterexample.describe(result.trace()));
        }
        return report.append("\nRepeat by hand:\n  ")
                .append(command)
                .append('\n')
                .toString();
    }

    private void vacuous(List<String> problems, Model model, ModelConfig config, TlcResult result) {
        if (result.distinct().orElse(0) == 0) {
            problems.add("TLC found no state at all, so everything holds of it");
        }
        if (config.checksNothing()) {
            problems.add("the .cfg names neither an invariant nor a property, so nothing was checked");
        }
        unexpectedlyIdle(problems, model, result);
    }

    private void unexpectedlyIdle(List<String> problems, Model model, TlcResult result) {
        Set<String> idle = new TreeSet<>(nextActions(model));
        idle.addAll(result.taken().keySet());
        Set<String> busy = new TreeSet<>(result.taken().keySet());
        busy.removeIf(action -> result.taken().getOrDefault(action, 0L) == 0);
        idle.removeAll(busy);
        String unlisted = idle.stream().filter(action -> !model.mayRest(action)).collect(Collectors.joining(", "));
        if (!unlisted.isEmpty()) {
            problems.add("actions never taken and not listed as such: " + unlisted);
        }
        busy.stream()
                .filter(model::mayRest)
                .forEach(action -> problems.add("action " + action + " is listed as never taken, but is taken "
                        + result.taken().get(action) + " times"));
        model.neverTaken().stream()
                .filter(listed -> idle.stream().noneMatch(action -> Model.matches(listed, action)))
                .forEach(listed -> problems.add(listed + " is listed as never taken, but no such action rests"));
    }

    private ModelConfig config(Model model) {
        try {
            return ModelConfig.parse(Files.readString(model.configFile(spec)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void differs(List<String> problems, String what, String expected, String got) {
        if (!expected.equals(got)) {
            problems.add(what + ": expected " + expected + ", got " + got);
        }
    }

    private static String describe(Optional<Verdict> verdict) {
        return verdict.map(Verdict::toString).orElse("no verdict (a typo, an evaluation error or a crash of TLC)");
    }

    private static String orNothing(Optional<String> name) {
        return name.orElse("-");
    }

    private static String lastLines(TlcResult result) {
        String withoutStates =
                result.trace().stream().reduce(result.output(), (output, state) -> output.replace(state, ""));
        List<String> lines = withoutStates
                .lines()
                .filter(line -> !NOISE.matcher(line).matches())
                .toList();
        return lines.stream()
                .skip(Math.max(0, lines.size() - LAST_LINES))
                .map(line -> "  " + line)
                .collect(Collectors.joining("\n"));
    }
}
