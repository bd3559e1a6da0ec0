package dev.avow.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of models: reading it, comparing it with the files, and writing figures into it. */
class ModelRowsTest {
    private static final String HEADER = "| model | module | verdict | violated | distinct states | depth "
            + "| actions never taken | what it shows |\n|---|---|---|---|--:|--:|---|---|\n";
    private static final String HOLDS = "| `a.cfg` | `A` | holds | - | 1,234 | 5 | Break, Dust | it \\| holds |\n";
    private static final String FAILS = "| `b/x.cfg` | `X` | invariant | Whole | ? | - | - | breaks |\n";

    private final Path spec;

    ModelRowsTest(@TempDir Path spec) {
        this.spec = spec;
    }

    @Test
    void a_row_is_read_with_its_figures_and_lists() {
        Model model = parse(HEADER + HOLDS).models().get(0);
        assertEquals(
                new Model(
                        "a.cfg",
                        "A",
                        Verdict.HOLDS,
                        Optional.empty(),
                        OptionalLong.of(1234),
                        OptionalInt.of(5),
                        Set.of("Break", "Dust")),
                model);
    }

    @Test
    void a_failing_row_names_what_is_violated() {
        assertEquals(Optional.of("Whole"), parse(HEADER + FAILS).models().get(0).violated());
    }

    @Test
    void mistakes_in_a_row_are_refused() {
        refused(HOLDS.replace("holds |", "hold |"), "no verdict");
        refused(HOLDS.replace("1,234", "many"), "no number");
        refused(HOLDS.replace("| 5 ", ""), "7 cells");
        refused(HOLDS.replace("| - |", "| Whole |"), "has no violated property");
        refused(FAILS.replace("Whole", "-"), "needs the violated property");
        refused(FAILS.replace("- | - |", "- | Dust |"), "only a model that holds");
    }

    @Test
    void a_text_without_the_table_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> parse("| model |\n|---|\n"));
    }

    @Test
    void files_and_rows_that_match_are_no_problem() throws IOException {
        files("a.cfg", "A.tla", "b/x.cfg", "b/X.tla");
        assertEquals(List.of(), parse(HEADER + HOLDS + FAILS).problems());
    }

    @Test
    void a_configuration_without_a_row_is_refused() throws IOException {
        files("a.cfg", "A.tla", "b/unlisted.cfg");
        assertEquals(
                List.of("b/unlisted.cfg has no row in MODELS.md: add it with its expected verdict"),
                parse(HEADER + HOLDS).problems());
    }

    @Test
    void a_row_without_files_is_refused() {
        assertEquals(2, parse(HEADER + HOLDS).problems().size());
    }

    @Test
    void a_row_given_twice_is_refused() throws IOException {
        files("a.cfg", "A.tla");
        assertEquals(
                List.of("a.cfg has two rows in MODELS.md"),
                parse(HEADER + HOLDS + HOLDS).problems());
    }

    @Test
    void an_update_writes_figures_and_nothing_else() {
        String updated =
                parse("# Models\n" + HEADER + HOLDS + FAILS + "after\n").withFigures(model -> result(model.verdict()));
        assertEquals(
                "# Models\n" + HEADER
                        + "| `a.cfg` | `A` | holds | - | 98,765 | 4 | Break, Dust | it \\| holds |\n"
                        + "| `b/x.cfg` | `X` | invariant | Whole | 98,765 | 4 | - | breaks |\n"
                        + "after\n",
                updated);
    }

    @Test
    void an_update_leaves_a_row_alone_whose_verdict_is_another() {
        assertEquals(HEADER + HOLDS, parse(HEADER + HOLDS).withFigures(model -> result(Verdict.DEADLOCK)));
    }

    private ModelTable parse(String text) {
        return ModelTable.parse(spec, text.lines().toList());
    }

    private void refused(String row, String because) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> parse(HEADER + row), row);
        assertTrue(refusal.toString().contains(because), refusal::toString);
    }

    private void files(String... names) throws IOException {
        for (String name : names) {
            Path file = spec.resolve(name);
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, "");
        }
    }

    private static TlcResult result(Verdict verdict) {
        return new TlcResult(
                Optional.of(verdict),
                Optional.empty(),
                OptionalLong.of(98_765),
                OptionalInt.of(4),
                Map.of(),
                List.of(),
                List.of(),
                "");
    }
}
