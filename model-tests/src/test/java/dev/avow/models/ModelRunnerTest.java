package dev.avow.models;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Each check of a model can fail: TLC on tiny fixtures, each with the one thing wrong that the check is for. */
class ModelRunnerTest {
    private static final Path FIXTURES = Path.of("src", "test", "resources", "models");
    private static final Path WORK = Path.of("target", "model-fixtures");
    private static final Set<String> RESTING = Set.of("Break", "Dust");

    private static final int NONE = -1;

    private static final Model HOLDS = holds("holds.cfg", 4, 3, RESTING);
    private static final Model INVARIANT = fails("invariant.cfg", Verdict.INVARIANT, "Whole", 4, 3);
    private static final Model ACTION = fails("actionProperty.cfg", Verdict.ACTION_PROPERTY, "StaysOn", 3, 2);
    private static final Model REFINEMENT = fails("refinement.cfg", Verdict.ACTION_PROPERTY, "IsASwitch", 4, 3);
    private static final Model TEMPORAL = fails("live.cfg", Verdict.TEMPORAL, "Rests", 4, 3);
    private static final Model DEADLOCK = row("deadlock.cfg", "Lamp", Verdict.DEADLOCK, "", 9, 5, Set.of());
    private static final Model FIRST_STATE =
            row("broken/Flicker.cfg", "Flicker", Verdict.INVARIANT, "Dark", NONE, NONE, Set.of());
    private static final Model FIRST_STATE_REFINEMENT =
            row("broken/FlickerRefinement.cfg", "Flicker", Verdict.ACTION_PROPERTY, "IsASwitch", NONE, NONE, Set.of());
    private static final Model ASSUMPTION =
            row("assumption.cfg", "Assumed", Verdict.ASSUMPTION, "", NONE, NONE, Set.of());
    private static final Model NO_STATE = holds("noState.cfg", 0, 1, Set.of("Break", "Dust", "SwitchOn", "SwitchOff"));
    private static final Model NOTHING_CHECKED = holds("nothingChecked.cfg", 4, 3, RESTING);
    private static final Model SYMMETRIC = holds("symmetricLive.cfg", 3, 3, RESTING);
    private static final Model CONSTRAINED = holds("constrainedLive.cfg", 4, 3, RESTING);
    private static final Model UNPARSABLE =
            row("unparsable.cfg", "Unparsable", Verdict.INVARIANT, "Types", NONE, NONE, Set.of());
    private static final Model TYPO = fails("typo.cfg", Verdict.INVARIANT, "Types", NONE, NONE);
    private static final Model KEYWORD = fails("keyword.cfg", Verdict.INVARIANT, "Types", NONE, NONE);

    private static final Model ENDLESS =
            row("endless.cfg", "Endless", Verdict.INVARIANT, "Natural", NONE, NONE, Set.of());

    private static final Tlc TLC = new Tlc(FIXTURES, WORK, Tlc.DEADLINE);
    private static final ModelCheck CHECK = new ModelCheck(FIXTURES);
    private static final ModelRuns RUNS = new ModelRuns(
            List.of(
                    HOLDS,
                    INVARIANT,
                    ACTION,
                    REFINEMENT,
                    TEMPORAL,
                    DEADLOCK,
                    FIRST_STATE,
                    FIRST_STATE_REFINEMENT,
                    ASSUMPTION,
                    NO_STATE,
                    NOTHING_CHECKED,
                    SYMMETRIC,
                    CONSTRAINED,
                    UNPARSABLE,
                    TYPO,
                    KEYWORD),
            TLC);

    @AfterAll
    static void stops() {
        RUNS.close();
    }

    @Test
    void a_model_that_holds_is_accepted() {
        accepted(HOLDS);
    }

    @Test
    void a_violated_invariant_is_accepted_where_it_is_expected() {
        accepted(INVARIANT);
    }

    @Test
    void a_violated_action_property_is_named_among_several() {
        accepted(ACTION);
    }

    @Test
    void a_violated_refinement_gets_the_only_propertys_name() {
        accepted(REFINEMENT);
    }

    @Test
    void a_violated_temporal_property_gets_the_only_propertys_name_and_the_progress_reports_depth() {
        accepted(TEMPORAL);
    }

    @Test
    void a_deadlock_is_accepted_where_it_is_expected() {
        accepted(DEADLOCK);
    }

    @Test
    void a_false_assumption_is_accepted_where_it_is_expected() {
        accepted(ASSUMPTION);
    }

    @Test
    void a_module_in_a_folder_below_extends_the_specs_module_and_fails_in_its_first_state() {
        accepted(FIRST_STATE);
        accepted(FIRST_STATE_REFINEMENT);
    }

    @Test
    void a_model_that_fails_is_refused_where_it_must_hold() {
        Model model = holds("invariant.cfg", 4, 3, RESTING);
        List<String> problems = problems(model);
        assertEquals(List.of("verdict: expected holds, got invariant", "violated: expected -, got Whole"), problems);
        String report = CHECK.report(model, RUNS.result(model), problems, TLC.commandLine(model));
        assertAll(
                () -> assertTrue(report.contains("verdict: expected holds, got invariant"), report),
                () -> assertTrue(report.contains("Invariant Whole is violated."), report),
                () -> assertTrue(report.contains("3: <Break of module Lamp>\n    lamp = "), report),
                () -> assertTrue(report.contains("tlc2.TLC -workers 1"), report));
    }

    @Test
    void a_model_that_holds_is_refused_where_it_must_fail() {
        refused(
                fails("holds.cfg", Verdict.INVARIANT, "Whole", 4, 3),
                "verdict: expected invariant, got holds",
                "TLC shows no counterexample");
    }

    @Test
    void another_property_than_the_expected_one_is_refused() {
        refused(fails("invariant.cfg", Verdict.INVARIANT, "Types", 4, 3), "violated: expected Types, got Whole");
    }

    @Test
    void other_figures_than_the_tables_are_refused() {
        refused(holds("holds.cfg", 5, 4, RESTING), "distinct states: expected 5, got 4", "depth: expected 4, got 3");
    }

    @Test
    void an_action_never_taken_is_refused_even_if_its_set_is_empty() {
        refused(holds("holds.cfg", 4, 3, Set.of()), "actions never taken and not listed as such: Break, Dust");
    }

    @Test
    void an_action_listed_as_never_taken_is_refused_if_it_is_taken() {
        refused(
                holds("holds.cfg", 4, 3, Set.of("Break", "Dust", "SwitchOn")),
                "action SwitchOn is listed as never taken, but is taken 4 times");
    }

    @Test
    void a_star_lists_all_actions_that_it_fits_and_they_must_all_rest() {
        accepted(holds("holds.cfg", 4, 3, Set.of("B*", "*st")));
        refused(
                holds("holds.cfg", 4, 3, Set.of("Break", "Dust", "*On")),
                "action SwitchOn is listed as never taken, but is taken 4 times");
    }

    @Test
    void a_listed_name_that_is_no_action_is_refused() {
        refused(
                holds("holds.cfg", 4, 3, Set.of("Break", "Dust", "Explode")),
                "Explode is listed as never taken, but no such action rests");
    }

    @Test
    void a_model_without_a_state_is_refused() {
        refused(NO_STATE, "TLC found no state at all, so everything holds of it");
    }

    @Test
    void a_model_that_checks_nothing_is_refused() {
        refused(NOTHING_CHECKED, "the .cfg names neither an invariant nor a property, so nothing was checked");
    }

    @Test
    void warnings_that_void_a_liveness_check_are_refused() {
        assertAll(() -> onlyWarns(SYMMETRIC, 2279), () -> onlyWarns(CONSTRAINED, 2284));
    }

    @Test
    void a_spec_that_does_not_parse_a_typo_and_an_unknown_keyword_are_no_verdict() {
        assertAll(
                () -> noVerdict(UNPARSABLE, "Parse Error"),
                () -> noVerdict(TYPO, "Tpyes"),
                () -> noVerdict(KEYWORD, "expecting a keyword"));
    }

    @Test
    void a_model_without_end_is_killed_at_its_deadline() throws Exception {
        Tlc impatient = new Tlc(FIXTURES, WORK.resolve("deadline"), Duration.ofSeconds(3));
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> impatient.run(ENDLESS));
        assertTrue(refusal.toString().contains("endless.cfg: TLC did not end within 3 s"), refusal::toString);
        Path threads = WORK.resolve("deadline").resolve(ENDLESS.directoryName()).resolve("threads.txt");
        assertTrue(Files.readString(threads).contains("tlc2."), () -> "what its threads did isn't in " + threads);
        assertNoForkLeft();
    }

    @Test
    void an_interrupt_kills_the_fork() throws Exception {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> TLC.run(ENDLESS));
        assertNoForkLeft();
    }

    private static void assertNoForkLeft() throws Exception {
        for (ProcessHandle fork : ProcessHandle.current().children().toList()) {
            if (fork.info().commandLine().orElse("").contains(ENDLESS.config())) {
                fork.onExit().get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static Model holds(String config, long distinct, int depth, Set<String> neverTaken) {
        return row(config, "Lamp", Verdict.HOLDS, "", distinct, depth, neverTaken);
    }

    private static Model fails(String config, Verdict verdict, String violated, long distinct, int depth) {
        return row(config, "Lamp", verdict, violated, distinct, depth, Set.of());
    }

    private static Model row(
            String config,
            String module,
            Verdict verdict,
            String violated,
            long distinct,
            int depth,
            Set<String> neverTaken) {
        return new Model(
                config,
                module,
                verdict,
                Optional.of(violated).filter(name -> !name.isEmpty()),
                distinct == NONE ? OptionalLong.empty() : OptionalLong.of(distinct),
                depth == NONE ? OptionalInt.empty() : OptionalInt.of(depth),
                neverTaken);
    }

    private static void accepted(Model model) {
        assertEquals(List.of(), problems(model), model.config());
    }

    private static void refused(Model model, String... expected) {
        List<String> problems = problems(model);
        for (String problem : expected) {
            assertTrue(problems.contains(problem), () -> "\"" + problem + "\" is not among " + problems);
        }
    }

    private static void onlyWarns(Model model, int code) {
        List<String> problems = problems(model);
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("can't be relied on: " + code), problems::toString);
    }

    private static void noVerdict(Model model, String reason) {
        List<String> problems = problems(model);
        assertEquals(
                "verdict: expected invariant, got no verdict (a typo, an evaluation error or a crash of TLC)",
                problems.get(0));
        String report = CHECK.report(model, RUNS.result(model), problems, TLC.commandLine(model));
        assertTrue(report.contains(reason), report);
    }

    private static List<String> problems(Model model) {
        return CHECK.problems(model, RUNS.result(model));
    }
}
