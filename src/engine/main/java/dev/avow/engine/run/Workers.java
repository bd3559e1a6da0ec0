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
    /** The pause before the next attempt to start a thread. */
    private static final Duration AGAIN = Duration.ofMillis(100);

    private final ThreadPoolExecutor calls;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("avow-timer-"));
    /** Set before either pool refuses anything. */
    private volatile boolean stopped;

    Workers() {
        this(named("avow-call-"), IDLE);
    }

    /**
     * @param threads makes those in which calls are run
     * @param idle how long one is kept without a call
     */
    Workers(ThreadFactory threads, Duration idle) {
        calls = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, idle.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), threads);
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // Now, when a failure is the opener's to see: later it would be that of whoever plans the first repetition.
        timer.prestartCoreThread();
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
        } catch (RejectedExecutionException rejection) {
            requireStopped(rejection);
        }
    }

    /** Runs it on a thread of its own after this pause, or as soon as there is one. */
    void after(Duration pause, Runnable task) {
        try {
            var unused =
                    timer.schedule(() -> handOver(task), TimeUnit.NANOSECONDS.convert(pause), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException rejection) {
            requireStopped(rejection);
        }
    }

    private void handOver(Runnable task) {
        try {
            background(task);
        } catch (RuntimeException | Error noThread) {
            // Nobody would hear of it here, and a chain of repetitions that lost one would have ended. (Termination)
            after(AGAIN, task);
        }
    }

    private void requireStopped(RejectedExecutionException rejection) {
        if (!stopped) {
            throw rejection;
        }
    }

    /** Starts nothing more. Calls under way end by themselves: an interrupt could harm the resource that they are in. */
    void stop() {
        stopped = true;
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
