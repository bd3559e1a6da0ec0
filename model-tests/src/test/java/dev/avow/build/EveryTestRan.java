package dev.avow.build;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.commons.annotation.Testable;

/**
 * Compares the test methods that the build compiled with the tests that its reports say it ran. A class whose name
 * matches no include pattern, a private test method or an engine that filters a class out is skipped in silence
 * otherwise, and the build stays green.
 */
final class EveryTestRan {
    private final Path root;
    private final Instant buildStarted;
    private final List<String> modulesWithTests;
    private final Map<String, String> allowedSkips;
    private final Set<String> exempt;

    /**
     * @param root the directory of the parent pom
     * @param buildStarted reports that are older are left over from an earlier build and don't count
     * @param modulesWithTests directories, relative to the root, of exactly the modules that have tests
     * @param allowedSkips the reason for each {@code class#method}, or class, that may be skipped
     * @param exempt classes without a report yet, because they run this comparison
     */
    EveryTestRan(
            Path root,
            Instant buildStarted,
            List<String> modulesWithTests,
            Map<String, String> allowedSkips,
            Set<String> exempt) {
        this.root = root;
        this.buildStarted = buildStarted;
        this.modulesWithTests = modulesWithTests;
        this.allowedSkips = allowedSkips;
        this.exempt = exempt;
    }

    /** One line for each thing that is wrong: what was found, what ran, what to do. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        Set<String> modules = new TreeSet<>(modulesWithTests);
        modules.addAll(Modules.under(root));
        for (String module : modules) {
            Map<String, Set<String>> found = testMethods(root.resolve(module).resolve("target/test-classes"));
            boolean listed = modulesWithTests.contains(module);
            if (found.isEmpty() && listed) {
                complaints.add(module + ": found no test class, and the module is listed as one with tests. Bring its"
                        + " tests back, or take it out of MODULES_WITH_TESTS");
            }
            if (!found.isEmpty() && !listed) {
                complaints.add(module + ": found " + found.size() + " test classes, and the module is not listed. Add"
                        + " it to MODULES_WITH_TESTS, so that its tests can't vanish unnoticed");
            }
            compare(module, found, complaints);
        }
        return complaints;
    }

    private void compare(String module, Map<String, Set<String>> found, List<String> complaints) {
        TestReports reports = TestReports.of(root.resolve(module).resolve("target"), buildStarted);
        found.forEach((testClass, methods) -> {
            List<String> ran = reports.ran(testClass);
            // What was skipped has its own complaint below.
            List<String> seen = new ArrayList<>(ran);
            seen.addAll(reports.skipped(testClass));
            List<String> missing = methods.stream()
                    .filter(method -> !seen.contains(method.substring(0, method.indexOf('('))))
                    .toList();
            if (!missing.isEmpty() || seen.size() < methods.size()) {
                complaints.add(module + ": " + testClass + ": found " + methods.size() + " test methods, ran "
                        + ran.size() + (seen.isEmpty() ? " (no report from this build)" : "") + ", missing " + missing
                        + ". Name the class *Test or *Properties (model-tests: or *IT), make a base class abstract and"
                        + " a nested one @Nested or @Group, and no test method private or static; after selecting"
                        + " tests with -Dtest, stop at the test phase");
            }
        });
        reports.skipped().stream()
                .filter(test -> !allowedSkips.containsKey(test))
                .filter(test -> !allowedSkips.containsKey(test.substring(0, test.indexOf('#'))))
                .forEach(test -> complaints.add(module + ": " + test + ": found, but skipped. Enable it, delete it, or"
                        + " list it with the reason in ALLOWED_SKIPS"));
    }

    private Map<String, Set<String>> testMethods(Path testClasses) {
        Map<String, Set<String>> found = new TreeMap<>();
        if (!Files.isDirectory(testClasses)) {
            return found;
        }
        for (JavaClass candidate : new ClassFileImporter().importPath(testClasses)) {
            Set<String> methods = testMethods(candidate);
            if (!methods.isEmpty() && !exempt.contains(candidate.getName()) && !runsAsSubclass(candidate)) {
                found.put(candidate.getName(), methods);
            }
        }
        return found;
    }

    private static boolean isAbstract(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.ABSTRACT);
    }

    private static boolean runsAsSubclass(JavaClass type) {
        return isAbstract(type) && type.getAllSubclasses().stream().anyMatch(subclass -> !isAbstract(subclass));
    }

    private static Set<String> testMethods(JavaClass type) {
        Map<String, Boolean> isTest = new HashMap<>();
        collect(type, isTest);
        Set<String> tests = new TreeSet<>();
        isTest.forEach((signature, test) -> {
            if (test) {
                tests.add(signature);
            }
        });
        return tests;
    }

    /** Nearest first: an override without the annotation is no longer a test. */
    private static void collect(JavaClass type, Map<String, Boolean> isTest) {
        for (JavaMethod method : type.getMethods()) {
            if (!method.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                // Every engine's annotation carries this one: JUnit's @Test and its kin, jqwik's @Property and
                // @Example.
                isTest.putIfAbsent(signature(method), method.isMetaAnnotatedWith(Testable.class));
            }
        }
        type.getRawSuperclass().ifPresent(superclass -> collect(superclass, isTest));
        type.getRawInterfaces().forEach(parent -> collect(parent, isTest));
    }

    private static String signature(JavaMethod method) {
        List<String> parameters = method.getRawParameterTypes().stream()
                .map(JavaClass::getSimpleName)
                .toList();
        return method.getName() + "(" + String.join(", ", parameters) + ")";
    }
}
