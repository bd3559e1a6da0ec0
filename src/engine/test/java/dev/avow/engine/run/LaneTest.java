package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LaneTest {
    /** What would run on threads of their own. */
    private final Deque<Runnable> started = new ArrayDeque<>();

    private int jams;
    private final Lane lane = new Lane(started::add, Lane.MOST, () -> jams++);
    private final List<Integer> ran = Collections.synchronizedList(new ArrayList<>());

    private static void never(Throwable failure) {
        throw new AssertionError(failure);
    }

    private void runAll(int tasks) {
        IntStream.range(0, tasks).forEach(task -> lane.run(() -> ran.add(task), LaneTest::never));
    }

    @Test
    void what_comes_beyond_the_most_waits_in_line_for_a_thread_that_is_done() {
        runAll(Lane.MOST + 2);
        assertEquals(Lane.MOST, started.size());
        started.remove().run();
        assertEquals(List.of(0, Lane.MOST, Lane.MOST + 1), ran);
        runAll(1);
        assertEquals(Lane.MOST, started.size(), "one was done, so one is free");
    }

    @Test
    void a_line_as_long_as_what_is_under_way_is_told_of_once_until_it_has_gone() {
        runAll(2 * Lane.MOST - 1);
        assertEquals(0, jams);
        runAll(5);
        assertEquals(1, jams);
        started.remove().run();
        runAll(1 + Lane.MOST);
        assertEquals(2, jams, "the one before was over");
    }

    @Test
    void a_task_that_throws_holds_up_no_other() throws Exception {
        IllegalStateException defect = new IllegalStateException("a defect");
        lane.run(
                () -> {
                    throw defect;
                },
                LaneTest::never);
        runAll(Lane.MOST);
        AtomicReference<Throwable> reported = new AtomicReference<>();
        Thread thread = new Thread(started.remove());
        thread.setUncaughtExceptionHandler((where, thrown) -> reported.set(thrown));
        thread.start();
        thread.join();
        assertSame(defect, reported.get());
        assertEquals(List.of(Lane.MOST - 1), ran);
    }

    @Test
    void whoever_waits_behind_threads_that_could_not_be_started_hears_too() {
        Lane[] scarce = {lane};
        List<Throwable> heard = new ArrayList<>();
        OutOfMemoryError none = new OutOfMemoryError("unable to create native thread");
        // Each start begins before the one before it has failed, so that the last of them has to wait in line.
        scarce[0] = new Lane(
                task -> {
                    scarce[0].run(task, heard::add);
                    throw none;
                },
                Lane.MOST,
                () -> {});
        scarce[0].run(() -> {}, heard::add);
        assertEquals(Collections.nCopies(Lane.MOST + 1, none), heard);
    }

    @Test
    void after_the_stop_nothing_more_is_run() {
        runAll(Lane.MOST + 1);
        lane.stop();
        runAll(1);
        started.remove().run();
        assertEquals(List.of(0), ran);
    }
}
