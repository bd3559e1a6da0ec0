package dev.avow.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Every rule rejects the fixture that breaks it, and leaves the clean fixture alone. */
class ArchitectureRulesTest {
    private static final String CLEAN = "dev.avow.build.fixture.clean";
    private static final String BROKEN = "dev.avow.build.fixture.broken";

    @Test
    void an_arrow_that_points_up_is_rejected() {
        rejects(ArchitectureRules::arrowsRunOneWay, "protocol.Impure.arrow()");
    }

    @Test
    void a_package_that_is_not_public_is_rejected() {
        rejects(ArchitectureRules::onlyPublicPackagesAreUsedFromOutside, "xa.ReachesIn.reach()");
    }

    @Test
    void every_impurity_in_the_protocol_is_rejected() {
        rejects(
                ArchitectureRules::protocolIsPure,
                "protocol.Impure.arrow()",
                "protocol.Impure.clock()",
                "protocol.Impure.nanos()",
                "protocol.Impure.millis()",
                "protocol.Impure.date()",
                "protocol.Impure.thread()",
                "protocol.Impure.threadReference()",
                "protocol.Impure.parallel(",
                "protocol.Impure.file()",
                "protocol.Impure.path()",
                "protocol.Impure.random()",
                "protocol.Impure.randomOfMath()",
                "protocol.Impure.randomId()",
                "protocol.Impure.logger()",
                "protocol.Impure.queue()");
    }

    @Test
    void printing_outside_the_command_is_rejected() {
        rejects(ArchitectureRules::onlyTheCommandPrints, "engine.Loud.out()", "engine.Loud.err()");
    }

    @Test
    void every_way_to_sleep_is_rejected() {
        rejects(
                ArchitectureRules::nobodySleeps,
                "engine.Loud.sleep()",
                "engine.Loud.sleepByUnit()",
                "engine.Loud.sleepByReference()");
    }

    @Test
    void asking_for_the_time_of_day_is_rejected() {
        rejects(
                ArchitectureRules::nobodyAsksForTheTimeOfDay,
                "engine.Loud.timeOfDay()",
                "engine.Loud.timeOfDayByInstant()");
    }

    @Test
    void printing_a_stack_trace_is_rejected() {
        rejects(ArchitectureRules::nobodyPrintsStackTraces, "engine.Loud.stackTrace(");
    }

    @Test
    void java_util_logging_is_rejected() {
        rejects(ArchitectureRules::nobodyUsesJavaUtilLogging, "engine.Loud.log()");
    }

    @Test
    void a_cycle_of_packages_is_rejected() {
        rejects(ArchitectureRules::packagesAreFreeOfCycles, "engine.timer.Alarm.log()", "engine.log.Log.alarm()");
    }

    private static void rejects(Function<ArchitectureRules, ArchRule> rule, String... offenders) {
        assertEquals(List.of(), violations(rule, CLEAN), "the rule rejects clean classes");
        List<String> violations = violations(rule, BROKEN);
        for (String offender : offenders) {
            assertTrue(
                    violations.stream().anyMatch(violation -> violation.contains(BROKEN + "." + offender)),
                    () -> "the rule lets " + offender + " pass; it found:\n" + String.join("\n", violations));
        }
    }

    private static List<String> violations(Function<ArchitectureRules, ArchRule> rule, String root) {
        JavaClasses classes = new ClassFileImporter().importPackages(root);
        return rule.apply(new ArchitectureRules(root))
                .evaluate(classes)
                .getFailureReport()
                .getDetails();
    }
}
