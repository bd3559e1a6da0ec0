package dev.avow.engine.run;

import dev.avow.engine.Participant;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one coordinator: daemons, named, kept only while there are calls for them. */
final class Workers {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ThreadPoolExecutor calls = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            named("avow-call-"));
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("avow-timer-"));

    Workers() {
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs a call of a participant: beside the caller if it may block, else at once in the caller's thread. */
    void call(Participant participant, Runnable call) {
        if (!participant.mayBlock()) {
            call.run();
            return;
        }
        background(call);
    }

    /** Runs it on a thread of its own; drops it after {@link #stop}: recovery of the next incarnation takes it up. */
    void background(Runnable task) {
        try {
            calls.execute(task);
        } catch (RejectedExecutionException stopped) {
            requireStopped(stopped);
        }
    }

    void after(Duration pause, Runnable task) {
        try {
            // The timer only hands over: what the task throws, its own thread reports.
            var unused =
                    timer.schedule(() -> background(task), TimeUnit.NANOSECONDS.convert(pause), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopped) {
            requireStopped(stopped);
        }
    }

    private void requireStopped(RejectedExecutionException rejection) {
        if (!calls.isShutdown()) {
            throw rejection;
        }
    }

    /** Starts nothing more. Calls under way end by themselves: an interrupt could harm the resource that they are in. */
    void stop() {
        // In this order: whoever finds the timer stopped must find the calls stopped too.
        calls.shutdown();
        timer.shutdownNow();
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory plain = Executors.defaultThreadFactory();
        return task -> {
            Thread thread = plain.newThread(task);
            thread.setDaemon(true);
            thread.setName(prefix + number.incrementAndGet());
            return thread;
        };
    }
}
