package dev.avow.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One name from the spec to the code: what differs but for the case fails here. */
class VocabularyTest {
    /** The spec's actions for which Java has no step. */
    private static final Set<String> NO_STEPS =
            Stream.of(Environment.values()).map(Environment::action).collect(Collectors.toCollection(TreeSet::new));

    /** Rules that no line of Java keeps by itself, and why. */
    private static final Map<Rule, String> NAMED_NOWHERE =
            Map.of(Rule.REPLY_TRUE, "it follows from what Tell stands behind in a step's effects");

    private static final Pattern COMMENT = Pattern.compile("//[^\\n]*|(?s)/\\*.*?\\*/");

    @Test
    void every_action_of_the_spec_is_a_step_and_every_step_an_action() {
        Set<String> steps = new TreeSet<>();
        leaves(CoordinatorStep.class).forEach(step -> steps.add("Coordinator" + step.getSimpleName()));
        leaves(ParticipantStep.class).forEach(step -> steps.add("Participant" + step.getSimpleName()));
        Set<String> expected = new TreeSet<>(SpecNames.actions());
        expected.removeAll(NO_STEPS);
        assertEquals(expected, steps);
    }

    @Test
    void an_exception_is_an_action_of_the_spec_still_and_has_a_reason() {
        assertTrue(
                SpecNames.actions().containsAll(NO_STEPS),
                NO_STEPS + " are exceptions; the spec has only " + SpecNames.actions());
        for (Environment exception : Environment.values()) {
            assertTrue(!exception.reason().isBlank(), exception + " needs a reason");
        }
    }

    @Test
    void the_simulator_checks_the_rules_of_the_spec_in_its_words() {
        assertEquals(
                SpecNames.rules(),
                Stream.of(dev.avow.simulator.Rule.values())
                        .map(dev.avow.simulator.Rule::specName)
                        .toList());
        for (dev.avow.simulator.Rule rule : dev.avow.simulator.Rule.values()) {
            assertEquals(SpecNames.sentence(rule.specName()), rule.sentence());
        }
    }

    @Test
    void a_step_is_named_like_its_action() {
        assertEquals("CoordinatorDecideCommit", new CoordinatorStep.DecideCommit().action());
        assertEquals("ParticipantVoteYes", new ParticipantStep.VoteYes().action());
    }

    @Test
    void every_value_of_the_spec_is_a_constant_in_the_same_order() {
        Map<String, Enum<?>[]> constants = Map.of(
                "CoordinatorState", CoordinatorState.values(),
                "ParticipantState", ParticipantState.values(),
                "DiskRecord", DiskRecord.values(),
                "Vote", Vote.values(),
                "Ending", Ending.values());
        constants.forEach((set, values) -> assertEquals(
                SpecNames.members(set).stream().map(VocabularyTest::inUpperCase).toList(),
                Stream.of(values).map(Enum::name).toList(),
                set));
    }

    @Test
    void every_message_of_the_spec_is_a_record() {
        assertEquals(
                new TreeSet<>(SpecNames.messages()),
                leaves(Message.class).map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void every_rule_that_the_models_check_is_checked_here_in_the_same_words() {
        assertEquals(
                SpecNames.rules(), Stream.of(Rule.values()).map(Rule::specName).toList());
        for (Rule rule : Rule.values()) {
            assertEquals(SpecNames.sentence(rule.specName()), rule.sentence());
        }
    }

    @Test
    void every_rule_is_named_where_java_keeps_it() {
        String comments = comments();
        Set<Rule> unnamed = Stream.of(Rule.values())
                .filter(rule -> !Pattern.compile("\\([\\w, ]*\\b" + rule.specName() + "\\b[\\w, ]*\\)")
                        .matcher(comments)
                        .find())
                .collect(Collectors.toSet());
        assertEquals(NAMED_NOWHERE.keySet(), unnamed, "rules that no comment under src names as (Rule)");
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(VocabularyTest::leaves)
                : Stream.of(type);
    }

    /** {@code onePhase} becomes {@code ONE_PHASE}. */
    private static String inUpperCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }

    private static String comments() {
        return Stream.of("protocol", "engine", "xa")
                .map(module -> SpecNames.ROOT.resolve("src").resolve(module).resolve("main/java"))
                .flatMap(VocabularyTest::sources)
                .map(source -> SpecNames.read(source.toString()))
                .flatMap(text -> COMMENT.matcher(text).results())
                .map(match -> match.group())
                .collect(Collectors.joining("\n"));
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
