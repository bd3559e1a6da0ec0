package dev.avow.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build of one module with tests, made up in a temporary directory. */
class EveryTestRanTest {
    private static final Instant BUILD_STARTED = Instant.parse("2026-01-01T00:00:00Z");
    private static final String TWO_TESTS = """
            import org.junit.jupiter.api.Test;
            class Ledger {
                @Test void adds() {}
                @Test void subtracts() {}
            }
            """;

    @TempDir
    private Path root;

    private Path target;

    @BeforeEach
    void lay_out_one_module() throws IOException {
        target = Files.createDirectories(root.resolve("src/ledger/target"));
        Files.createFile(root.resolve("src/ledger/pom.xml"));
        Files.createDirectories(target.resolve("surefire-reports"));
    }

    @Test
    void a_class_with_a_report_of_all_its_methods_is_fine() throws IOException {
        compile("Ledger", TWO_TESTS);
        report("Ledger", "adds", "subtracts");
        assertEquals(List.of(), complaints());
    }

    @Test
    void a_class_without_a_report_is_named_with_what_was_found_and_what_to_do() throws IOException {
        compile("Ledger", TWO_TESTS);
        String complaint = onlyComplaint();
        assertTrue(
                complaint.startsWith("src/ledger: Ledger: found 2 test methods, ran 0 (no report from"
                        + " this build), missing [adds(), subtracts()]. Name the class *Test or *Properties"),
                complaint);
    }

    @Test
    void a_report_left_over_from_an_earlier_build_does_not_count() throws IOException {
        compile("Ledger", TWO_TESTS);
        Path report = report("Ledger", "adds", "subtracts");
        Files.setLastModifiedTime(report, FileTime.from(BUILD_STARTED.minusSeconds(1)));
        assertTrue(onlyComplaint().contains("ran 0 (no report from this build)"));
    }

    @Test
    void a_method_that_did_not_run_is_missed() throws IOException {
        compile("Ledger", TWO_TESTS);
        report("Ledger", "adds");
        assertTrue(onlyComplaint().contains("found 2 test methods, ran 1, missing [subtracts()]. "));
    }

    @Test
    void many_invocations_of_one_method_do_not_stand_in_for_another() throws IOException {
        compile("Ledger", TWO_TESTS);
        report("Ledger", "adds(int)[1]", "adds(int)[2]", "adds(int)[3]");
        assertTrue(onlyComplaint().contains("found 2 test methods, ran 3, missing [subtracts()]. "));
    }

    @Test
    void nested_inherited_and_meta_annotated_tests_are_found_but_overridden_ones_are_not() throws IOException {
        compile("Ledger", """
                import java.lang.annotation.Retention;
                import java.lang.annotation.RetentionPolicy;
                import net.jqwik.api.Example;
                import net.jqwik.api.ForAll;
                import net.jqwik.api.Property;
                import org.junit.jupiter.api.Nested;
                import org.junit.jupiter.api.RepeatedTest;
                import org.junit.jupiter.api.Test;
                import org.junit.jupiter.api.TestFactory;
                import org.junit.jupiter.params.ParameterizedTest;
                abstract class Books {
                    @Retention(RetentionPolicy.RUNTIME) @Test @interface Fact {}
                    @Test void inherited() {}
                    @Test void overridden() {}
                    interface Balanced { @Test default void fromAnInterface() {} }
                }
                class Ledger extends Books implements Books.Balanced {
                    @Fact void meta() {}
                    @Override void overridden() {}
                    @Nested class Empty {
                        @RepeatedTest(2) void repeated() {}
                        @ParameterizedTest void parameterized(int i) {}
                        @TestFactory Object factory() { return this; }
                    }
                }
                class LedgerFacts {
                    @Property void property(@ForAll int i) {}
                    @Example void example() {}
                }
                """);
        List<String> complaints = complaints();
        assertEquals(3, complaints.size(), () -> String.join("\n", complaints));
        assertTrue(
                complaints
                        .get(0)
                        .contains(
                                "Ledger: found 3 test methods, ran 0 (no report from this build), missing [fromAnInterface(), inherited(), meta()]"));
        assertTrue(
                complaints
                        .get(1)
                        .contains(
                                "Ledger$Empty: found 3 test methods, ran 0 (no report from this build), missing [factory(), parameterized(int)"));
        assertTrue(
                complaints
                        .get(2)
                        .contains(
                                "LedgerFacts: found 2 test methods, ran 0 (no report from this build), missing [example(), property(int)]"));
    }

    @Test
    void an_abstract_class_that_nobody_extends_is_missed() throws IOException {
        compile("Ledger", TWO_TESTS.replace("class", "abstract class"));
        assertTrue(onlyComplaint().contains("Ledger: found 2 test methods"));
    }

    @Test
    void a_skipped_test_is_named_unless_it_is_allowed() throws IOException {
        compile("Ledger", TWO_TESTS);
        reportCases("Ledger", testCase("Ledger", "adds", ""), testCase("Ledger", "subtracts", "<skipped/>"));
        assertTrue(onlyComplaint().startsWith("src/ledger: Ledger#subtracts: found, but skipped. Enable it"));
        Map<String, String> allowed = Map.of("Ledger#subtracts", "it waits for the overdraft");
        assertEquals(List.of(), guard(List.of("src/ledger"), allowed).complaints());
    }

    @Test
    void a_class_may_be_skipped_as_a_whole_and_no_other() throws IOException {
        compile("Ledger", TWO_TESTS);
        reportCases("Ledger", testCase("Ledger", "adds", "<skipped/>"), testCase("Ledger", "subtracts", "<skipped/>"));
        Map<String, String> allowed = Map.of("Ledger", "nobody has paper");
        assertEquals(List.of(), guard(List.of("src/ledger"), allowed).complaints());
        Map<String, String> another = Map.of("Led", "nobody has paper");
        assertEquals(2, guard(List.of("src/ledger"), another).complaints().size());
    }

    @Test
    void a_listed_module_without_tests_is_named() {
        assertTrue(onlyComplaint().startsWith("src/ledger: found no test class, and the module is listed"));
    }

    @Test
    void a_module_with_tests_has_to_be_listed() throws IOException {
        compile("Ledger", TWO_TESTS);
        report("Ledger", "adds", "subtracts");
        List<String> complaints = guard(List.of(), Map.of()).complaints();
        assertEquals(1, complaints.size());
        assertTrue(complaints.get(0).startsWith("src/ledger: found 1 test classes, and the module is not listed"));
    }

    private EveryTestRan guard(List<String> modulesWithTests, Map<String, String> allowedSkips) {
        return new EveryTestRan(root, BUILD_STARTED, modulesWithTests, allowedSkips, Set.of());
    }

    private List<String> complaints() {
        return guard(List.of("src/ledger"), Map.of()).complaints();
    }

    private String onlyComplaint() {
        List<String> complaints = complaints();
        assertEquals(1, complaints.size(), () -> String.join("\n", complaints));
        return complaints.get(0);
    }

    private void compile(String name, String source) throws IOException {
        Path classes = Files.createDirectories(target.resolve("test-classes"));
        Path file = Files.writeString(root.resolve(name + ".java"), source);
        String classPath = System.getProperty("java.class.path", "");
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", classPath, "-d", classes.toString(), file.toString());
        assertEquals(0, code, "javac exited with an error");
    }

    private Path report(String testClass, String... tests) throws IOException {
        String[] cases = new String[tests.length];
        for (int i = 0; i < tests.length; i++) {
            cases[i] = testCase(testClass, tests[i], "");
        }
        return reportCases(testClass, cases);
    }

    private Path reportCases(String testClass, String... cases) throws IOException {
        return Files.writeString(
                target.resolve("surefire-reports/TEST-" + testClass + ".xml"),
                "<testsuite>" + String.join("", cases) + "</testsuite>");
    }

    private static String testCase(String testClass, String name, String content) {
        return "<testcase classname=\"" + testClass + "\" name=\"" + name + "\">" + content + "</testcase>";
    }
}
