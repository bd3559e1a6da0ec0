package dev.avow.build;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.dependencies.SliceRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What {@code module-info.java} can't say. Every rule takes its packages from one root, so that the same rule can be
 * turned on classes that break it.
 */
final class ArchitectureRules {
    /** Lowest first: a module knows those before it, never those after it. */
    private static final List<String> MODULES = List.of(
            "protocol",
            "engine",
            "xa",
            "grpc",
            "jta",
            "hibernate",
            "agroal",
            "micrometer",
            "services.micrometer",
            "spring.boot",
            "simulator",
            "cli");

    /** Runs the engine's own parts on disks and clocks of its own: the engine exports their packages to it alone. */
    private static final String SIMULATOR = "simulator";

    private static final Set<String> PURE_PACKAGES =
            Set.of("java.lang", "java.lang.annotation", "java.util", "java.util.function", "java.util.stream");

    /** Clocks, threads, processes, randomness and input in packages that are pure otherwise. */
    private static final Set<String> IMPURE_CLASSES = Set.of(
            "java.lang.InheritableThreadLocal",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.ProcessHandle",
            "java.lang.Runtime",
            "java.lang.System",
            "java.lang.Thread",
            "java.lang.ThreadGroup",
            "java.lang.ThreadLocal",
            "java.util.Calendar",
            "java.util.Date",
            "java.util.GregorianCalendar",
            "java.util.Random",
            "java.util.Scanner",
            "java.util.SplittableRandom",
            "java.util.Timer",
            "java.util.TimerTask");

    private static final Set<String> IMPURE_METHODS =
            Set.of("random", "randomUUID", "shuffle", "parallel", "parallelStream", "parallelSort", "parallelPrefix");

    private final String root;

    ArchitectureRules(String root) {
        this.root = root;
    }

    ArchRule arrowsRunOneWay() {
        List<ArchRule> rules = new ArrayList<>();
        for (int i = 0; i < MODULES.size() - 1; i++) {
            String[] higher = MODULES.subList(i + 1, MODULES.size()).stream()
                    .map(this::everythingIn)
                    .toArray(String[]::new);
            rules.add(
                    noClasses()
                            .that()
                            .resideInAPackage(everythingIn(MODULES.get(i)))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(higher)
                            .allowEmptyShould(true)
                            .because(
                                    "arrows run one way: cli -> jta -> xa -> engine -> protocol, and cli -> simulator -> engine"));
        }
        return CompositeArchRule.of(rules);
    }

    ArchRule onlyPublicPackagesAreUsedFromOutside() {
        List<ArchRule> rules = new ArrayList<>();
        for (String module : MODULES) {
            rules.add(noClasses()
                    .that()
                    .resideOutsideOfPackages(mayLookInto(module))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(root + "." + module + ".*..")
                    .because(
                            "a module's public package is its own name, and code on a class path must keep to it too"));
        }
        return CompositeArchRule.of(rules);
    }

    ArchRule protocolIsPure() {
        String protocol = everythingIn("protocol");
        DescribedPredicate<JavaClass> pure = describe(
                "are pure",
                type -> type.getPackageName().equals(root + ".protocol")
                        || type.getPackageName().startsWith(root + ".protocol.")
                        || type.isPrimitive()
                        || (PURE_PACKAGES.contains(type.getPackageName())
                                && !IMPURE_CLASSES.contains(outermost(type))));
        String reason = "the protocol is a function: no clock, thread, file, random number, logger or"
                + " java.util.concurrent; hand in what it needs to know as an event";
        return CompositeArchRule.of(List.of(
                classes()
                        .that()
                        .resideInAPackage(protocol)
                        .should()
                        .onlyDependOnClassesThat(pure)
                        .because(reason),
                noClasses()
                        .that()
                        .resideInAPackage(protocol)
                        .should()
                        .accessTargetWhere(describe(
                                "the target draws a random number or uses other threads",
                                access ->
                                        access.getTargetOwner().getPackageName().startsWith("java.")
                                                && IMPURE_METHODS.contains(
                                                        access.getTarget().getName())))
                        .because(reason)));
    }

    ArchRule onlyTheCommandPrints() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(everythingIn("cli"), everythingIn("xa.kit"))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("a library logs or throws; only the command talks to a terminal, and the kit's tests");
    }

    ArchRule nobodySleeps() {
        return noClasses()
                .should()
                .accessTargetWhere(member("sleep", Thread.class, TimeUnit.class))
                .because("a sleep waits too long or too short: wait for the event, or pass time in");
    }

    ArchRule nobodyAsksForTheTimeOfDay() {
        return noClasses()
                .that()
                .resideInAnyPackage(everythingIn("protocol"), everythingIn("engine"), everythingIn(SIMULATOR))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .accessTargetWhere(member("now", Instant.class, Clock.class, LocalDateTime.class, ZonedDateTime.class))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .because("a clock that jumps must change nothing: time out by System.nanoTime, or pass time in");
    }

    ArchRule nobodyPrintsStackTraces() {
        return noClasses()
                .should()
                .accessTargetWhere(member("printStackTrace", Throwable.class))
                .because("an exception is logged or thrown on, never dropped on a terminal");
    }

    /** A data source must: JDBC's own interface answers with one of its loggers. */
    ArchRule nobodyUsesJavaUtilLogging() {
        return noClasses()
                .that()
                .areNotAssignableTo("javax.sql.CommonDataSource")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .because("logs go where the application sends them: use slf4j");
    }

    /** A public package may open the door to what implements it; behind the doors nothing runs in circles. */
    ArchRule packagesAreFreeOfCycles() {
        SliceRule rule = slices().matching(root + ".(**)").should().beFreeOfCycles();
        for (String module : MODULES) {
            rule = rule.ignoreDependency(
                    resideInAPackage(root + "." + module), resideInAPackage(root + "." + module + ".*.."));
        }
        return rule;
    }

    private String[] mayLookInto(String module) {
        return module.equals("engine")
                ? new String[] {everythingIn(module), everythingIn(SIMULATOR), everythingIn("grpc")}
                : new String[] {everythingIn(module)};
    }

    private String everythingIn(String module) {
        return root + "." + module + "..";
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureRules::outermost).orElse(type.getName());
    }

    private static DescribedPredicate<JavaAccess<?>> member(String name, Class<?>... owners) {
        return describe(
                "the target is " + name,
                access -> access.getTarget().getName().equals(name)
                        && Arrays.stream(owners).anyMatch(access.getTargetOwner()::isAssignableTo));
    }
}
