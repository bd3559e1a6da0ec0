package dev.avow.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Runs TLC on every row of spec/MODELS.md. With {@code -Dmodels.update=true} it first writes the measured distinct
 * states and depths into the table.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelTableTest {
    private static final Path SPEC = Path.of(System.getProperty("avow.root", ".."))
            .resolve("spec")
            .toAbsolutePath()
            .normalize();
    private static final Tlc TLC = new Tlc(SPEC, Path.of("target", "models"), Tlc.DEADLINE);
    private static final ModelCheck CHECK = new ModelCheck(SPEC);

    private ModelTable table = ModelTable.read(SPEC);
    private final ModelRuns runs = new ModelRuns(table.models(), TLC);

    @BeforeAll
    void updates_the_figures_if_asked() throws IOException {
        if (Boolean.getBoolean("models.update")) {
            table.models().forEach(runs::result);
            // Read again: someone may have edited its texts while TLC ran.
            Files.writeString(SPEC.resolve("MODELS.md"), ModelTable.read(SPEC).withFigures(runs::result));
            table = ModelTable.read(SPEC);
        }
    }

    @AfterAll
    void stops() {
        runs.close();
    }

    @TestFactory
    Stream<DynamicTest> every_model_is_what_the_table_says() {
        return table.models().stream().map(model -> DynamicTest.dynamicTest(model.toString(), () -> check(model)));
    }

    @Test
    void every_configuration_has_one_row_and_every_row_its_files() {
        assertEquals(List.of(), table.problems());
    }

    // Models of modules that extend each other share their actions, so each action needs one model among them all.
    @Test
    void every_action_is_taken_in_some_model_that_holds() {
        Map<Set<String>, Set<String>> idle = new LinkedHashMap<>();
        for (Model model : holding()) {
            Set<String> actions = CHECK.nextActions(model);
            Set<String> rest = idle.computeIfAbsent(actions, all -> new TreeSet<>(all));
            runs.result(model).taken().forEach((action, times) -> {
                if (times > 0) {
                    rest.remove(action);
                }
            });
        }
        assertEquals(Set.of(), union(idle.values()), "actions that no model takes");
    }

    private static Set<String> union(Collection<Set<String>> sets) {
        return sets.stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Model> holding() {
        return table.models().stream()
                .filter(model -> model.verdict() == Verdict.HOLDS)
                .toList();
    }

    private void check(Model model) {
        TlcResult result = runs.result(model);
        List<String> problems = CHECK.problems(model, result);
        if (!problems.isEmpty()) {
            fail(CHECK.report(model, result, problems, TLC.commandLine(model)));
        }
    }
}
