package dev.avow.grpc;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears unprepared work away for which no coordinator will come: aborts it, again and again until that succeeds. Safe for any
 * number of threads.
 */
final class Clearing {
    private static final Logger LOG = LoggerFactory.getLogger(Clearing.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Participant participant;
    private final Executor threads;
    private final ScheduledThreadPoolExecutor timer;

    /** @param threads for what may wait for the participant */
    Clearing(Participant participant, Executor threads, ThreadFactory timers) {
        this.participant = participant;
        this.threads = threads;
        this.timer = new ScheduledThreadPoolExecutor(1, timers);
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** @throws IllegalStateException if it is closed */
    void requireOpen() {
        if (timer.isShutdown()) {
            throw new IllegalStateException("the service of \"" + participant.name() + "\" is closed");
        }
    }

    /** Runs this then, on a thread that may wait, unless what is returned is run first. */
    Runnable after(Duration pause, Runnable task) {
        try {
            Future<?> planned = timer.schedule(() -> execute(task), pause.toMillis(), TimeUnit.MILLISECONDS);
            return () -> {
                boolean unused = planned.cancel(false);
            };
        } catch (RejectedExecutionException closed) {
            // The next start begins with what is prepared, and with nothing else.
            return () -> {};
        }
    }

    /** Runs this on a thread that may wait, unless the service is closed. */
    void execute(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException closed) {
            LOG.debug("The service of \"{}\" was closed before", participant.name(), closed);
        } catch (RuntimeException | Error shortage) {
            // Such as for want of a thread: a chain of repetitions that lost one would have ended. (Termination)
            LOG.warn("A task of \"{}\" couldn't be started; trying again in {}", participant.name(), AGAIN, shortage);
            Runnable unused = after(AGAIN, task);
        }
    }

    /** Aborts this branch, of which no yes has left. */
    void abort(TransactionId id) {
        execute(() -> abortNow(id));
    }

    private void abortNow(TransactionId id) {
        try {
            participant.abort(id);
        } catch (Exception | Error failure) {
            LOG.warn("Aborting {} at \"{}\" failed; trying again in {}", id, participant.name(), AGAIN, failure);
            Runnable unused = after(AGAIN, () -> abortNow(id));
        }
    }

    /** What is under way goes on; nothing is planned any more. */
    void close() {
        timer.shutdownNow();
    }
}
