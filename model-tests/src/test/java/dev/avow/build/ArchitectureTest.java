package dev.avow.build;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of the house, on the classes as compiled. */
class ArchitectureTest {
    private static final ArchitectureRules RULES = new ArchitectureRules("dev.avow");

    // The fixtures break every rule on purpose.
    private static final ImportOption NO_FIXTURES = location -> !location.contains("/dev/avow/build/fixture/");

    // What jcstress makes of a race, and JMH of a benchmark, is theirs.
    private static final ImportOption NOTHING_GENERATED =
            location -> !location.contains("_jcstress") && !location.contains("/jmh_generated/");

    private static final JavaClasses PUBLISHED = read(Modules.inSrc(Modules.root()), "classes");
    private static final JavaClasses EVERYTHING = read(Modules.under(Modules.root()), "classes", "test-classes");

    private static JavaClasses read(List<String> modules, String... folders) {
        List<Path> paths = new ArrayList<>();
        for (String module : modules) {
            for (String folder : folders) {
                paths.add(Modules.root().resolve(module).resolve("target").resolve(folder));
            }
        }
        return new ClassFileImporter()
                .withImportOption(NO_FIXTURES)
                .withImportOption(NOTHING_GENERATED)
                .importPaths(paths);
    }

    @Test
    void the_classes_of_every_module_were_read() {
        for (String module : Modules.inSrc(Modules.root())) {
            String packageName = "dev.avow." + module.substring("src/".length()).replace('-', '.');
            List<String> found = PUBLISHED.stream()
                    .map(JavaClass::getPackageName)
                    .filter(packageName::equals)
                    .toList();
            assertTrue(
                    !found.isEmpty(),
                    module + " has no compiled class in " + packageName + ": a rule would say nothing");
        }
        assertTrue(EVERYTHING.contain(ArchitectureTest.class));
    }

    @Test
    void arrows_run_one_way() {
        RULES.arrowsRunOneWay().check(PUBLISHED);
    }

    @Test
    void only_public_packages_are_used_from_outside() {
        RULES.onlyPublicPackagesAreUsedFromOutside().check(PUBLISHED);
    }

    @Test
    void the_protocol_is_pure() {
        RULES.protocolIsPure().check(PUBLISHED);
    }

    @Test
    void only_the_command_prints() {
        RULES.onlyTheCommandPrints().check(PUBLISHED);
    }

    @Test
    void nobody_sleeps() {
        RULES.nobodySleeps().check(EVERYTHING);
    }

    @Test
    void nobody_asks_for_the_time_of_day() {
        RULES.nobodyAsksForTheTimeOfDay().check(PUBLISHED);
    }

    @Test
    void nobody_prints_stack_traces() {
        RULES.nobodyPrintsStackTraces().check(EVERYTHING);
    }

    @Test
    void nobody_uses_java_util_logging() {
        RULES.nobodyUsesJavaUtilLogging().check(EVERYTHING);
    }

    @Test
    void packages_are_free_of_cycles() {
        RULES.packagesAreFreeOfCycles().check(PUBLISHED);
    }
}
