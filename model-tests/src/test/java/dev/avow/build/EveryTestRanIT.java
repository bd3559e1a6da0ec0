package dev.avow.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Runs after every other test of the build, and fails if one of them did not run. */
class EveryTestRanIT {
    private static final List<String> MODULES_WITH_TESTS = List.of(
            "src/agroal",
            "src/cli",
            "src/engine",
            "src/grpc",
            "src/services-micrometer",
            "src/micrometer",
            "src/protocol",
            "src/simulator",
            "src/spring-boot",
            "src/xa",
            "src/xa-kit",
            "src/jta",
            "model-tests/threads",
            "model-tests/survival",
            "model-tests/clients",
            "model-tests/resources",
            "model-tests/services",
            "benchmarks",
            "model-tests");

    private static final Map<String, String> ALLOWED_SKIPS = Map.of(
            "dev.avow.engine.log.DirectoryTest#a_directory_that_may_not_be_written_is_refused",
            "to root every directory may be written",
            "dev.avow.cli.EveryCommandTest#a_log_that_may_not_be_read_is_refused",
            "to root every directory may be read",
            "dev.avow.xa.kit.YourDriverTest#a_prepared_branch_survives_a_kill",
            "a database inside the process dies with it, as KilledProcessTest of src/xa does",
            "dev.avow.survival.BareH2Test#called_side_by_side_it_loses_a_prepared_branch",
            "hundreds of kills are for -Pthorough",
            "dev.avow.survival.BareH2Test#called_by_avow_it_loses_none",
            "hundreds of kills are for -Pthorough",
            "dev.avow.grpc.ForeignParticipantTest",
            "not everybody has Node 20 or later, or reaches the packages of src/grpc/example-node",
            "dev.avow.grpc.ForeignEnlistmentTest",
            "not everybody has Node 20 or later, or reaches the packages of src/grpc/example-node",
            "dev.avow.grpc.BrokenForeignParticipantTest",
            "not everybody has Node 20 or later, or reaches the packages of src/grpc/example-node",
            "dev.avow.jta.VirtualThreadsTest#a_commit_does_not_pin_its_carrier",
            "Java 17 has no virtual threads",
            "dev.avow.jta.VirtualThreadsTest#what_pins_is_seen",
            "Java 17 has no virtual threads");

    @Test
    void every_test_that_was_compiled_ran_in_this_build() {
        Instant buildStarted = Instant.parse(System.getProperty("avow.build.started", ""));
        Set<String> exempt = Set.of(EveryTestRanIT.class.getName());
        EveryTestRan guard = new EveryTestRan(Modules.root(), buildStarted, MODULES_WITH_TESTS, ALLOWED_SKIPS, exempt);
        assertEquals("", String.join("\n", guard.complaints()));
    }
}
