package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avow.engine.DecisionLog;
import dev.avow.engine.Participant;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator that couldn't be opened leaves neither a lock nor threads behind. */
final class RefusedOpeningTest {

    @TempDir
    Path directory;

    private final World world = new World();
    private final ScarceThreads threads = new ScarceThreads();
    private final ScriptedParticipant orders = world.participant("orders");

    @AfterEach
    void close() {
        world.close();
    }

    private void open(Workers workers, Participant participant) {
        world.open(DecisionLog.open(directory), world.options(), () -> workers, participant);
    }

    @Test
    void an_error_of_a_participant_lets_go_of_directory_and_threads() {
        NoClassDefFoundError missing = new NoClassDefFoundError("the driver");
        orders.failingToSayItsNameTo(Thread.currentThread(), () -> {
            throw missing;
        });
        Workers workers = threads.workers();
        assertSame(missing, assertThrows(NoClassDefFoundError.class, () -> open(workers, orders)));
        workers.background(() -> {});
        assertEquals(0, threads.made(), "it can still start threads");
        open(threads.workers(), orders.restarted());
    }

    @Test
    void for_want_of_a_thread_it_lets_go_of_the_directory() {
        OutOfMemoryError none = new OutOfMemoryError("unable to create native thread");
        DecisionLog log = DecisionLog.open(directory);
        assertSame(
                none,
                assertThrows(
                        OutOfMemoryError.class,
                        () -> Engine.open(log, world.options(), List.of(orders), () -> {
                            throw none;
                        })));
        open(threads.workers(), orders);
    }
}
