package dev.avow.threads.schedules;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.log.HastyGroup;
import dev.avow.engine.log.PlainGroup;
import dev.avow.engine.log.ScheduledGroup;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

/**
 * Lincheck makes up scenarios of two threads and asks of each run whether some order of the calls, one after the other,
 * gives the same answers. It drives the group commit itself, switching threads at each shared field, lock and park. The
 * whole log and the coordinator run on threads that switch as they like: an opening takes too many steps to be driven for
 * each schedule, and a coordinator has threads of its own, which Lincheck can't drive.
 */
class SchedulesTest {
    private static final int TIMES = Boolean.getBoolean("avow.thorough") ? 20 : 1;

    private static ModelCheckingOptions driven() {
        return new ModelCheckingOptions()
                .logLevel(LoggingLevel.ERROR) // it warns of each record, whose fields it can't show
                .threads(2)
                .actorsBefore(1)
                .actorsPerThread(2)
                .actorsAfter(1)
                .iterations(6 * TIMES)
                .invocationsPerIteration(40 * TIMES)
                .sequentialSpecification(PlainGroup.class);
    }

    private static StressOptions free() {
        return new StressOptions()
                .logLevel(LoggingLevel.ERROR)
                .threads(2)
                .actorsBefore(1)
                .actorsPerThread(3)
                .actorsAfter(2)
                .iterations(10 * TIMES)
                .invocationsPerIteration(50 * TIMES);
    }

    @Test
    void every_schedule_of_the_group_commit_has_an_order_that_explains_it() {
        driven().check(ScheduledGroup.class);
    }

    @Test
    void a_follower_that_does_not_wait_for_its_leader_is_found() {
        AssertionError found = assertThrows(AssertionError.class, () -> driven().check(HastyGroup.class));
        String message = String.valueOf(found.getMessage());
        assertTrue(message.contains("Invalid execution results"), message);
    }

    @Test
    void every_run_of_the_log_has_an_order_that_explains_it() {
        free().sequentialSpecification(PlainLog.class).check(ScheduledLog.class);
    }

    @Test
    void every_run_of_the_registry_has_an_order_that_explains_it() {
        free().sequentialSpecification(PlainRegistry.class).check(ScheduledRegistry.class);
    }
}
