package dev.avow.engine.run;

import dev.avow.engine.AsyncParticipant;
import dev.avow.engine.Calling;
import dev.avow.engine.Participant;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one coordinator: daemons, named, kept only while there are calls for them. After {@link #stop} whatever
 * is to be begun is dropped: recovery of the next incarnation takes it up.
 *
 * <p>A call that is waited for has a thread, and so a place in its participant's {@link Lane}. One of an
 * {@link AsyncParticipant} holds none and needs no place: each is of a transaction that is unfinished anyway, at most one of
 * each of its branches.
 */
final class Workers {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration IDLE = Duration.ofSeconds(10);
    /** The pause before the next attempt to start a thread. */
    private static final Duration AGAIN = Duration.ofMillis(100);
    /** Taking up an answer is short work, unless the log or an observer hangs: which needn't be all of them. */
    private static final int MOST_ANSWERED = Math.max(4, Runtime.getRuntime().availableProcessors());

    /**
     * What a participant is called for. Each has threads of its own: prepares that wait for locks must not be in the way
     * of the commits and aborts that release them.
     */
    enum Purpose {
        VOTE,
        DECISION
    }

    /** Whether this thread belongs to a coordinator, and so to no caller who could wait. */
    private static final ThreadLocal<Boolean> OWN = ThreadLocal.withInitial(() -> false);

    private record Called(String participant, Purpose purpose) {}

    private final Calling calling;
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("avow-timer-"));
    private final Map<Called, Lane> called = new ConcurrentHashMap<>();
    private final Lane own;
    private final Lane answered;
    /** Set before either pool refuses anything. */
    private volatile boolean stopped;
    /** Whether it was logged that there are too few: once is enough. */
    private volatile boolean shortageTold;

    Workers(Calling calling) {
        this(calling, named("avow-call-"), IDLE);
    }

    /**
     * @param calling where participants are called that may block
     * @param factory makes those in which calls are run
     * @param idle how long one is kept without a call
     */
    Workers(Calling calling, ThreadFactory factory, Duration idle) {
        this.calling = calling;
        threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                idle.toMillis(),
                TimeUnit.MILLISECONDS,
                new SynchronousQueue<>(),
                task -> factory.newThread(() -> asOwn(task)));
        own = new Lane(threads, Lane.MOST, () -> {});
        answered = new Lane(threads, MOST_ANSWERED, () -> {});
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // Now, when a failure is the opener's to see: later it would be that of whoever plans the first repetition.
        timer.prestartCoreThread();
    }

    /** Whether a call of this participant is to run in this thread: it answers at once, or someone waits here for it. */
    boolean runsHere(Participant participant) {
        try {
            return isToRunHere(participant);
        } catch (RuntimeException | Error failure) {
            // It is asked again when the call is started, and what it throws there is the answer.
            return false;
        }
    }

    private boolean isToRunHere(Participant participant) {
        return (calling == Calling.ONE_BY_ONE && !OWN.get()) || !participant.mayBlock();
    }

    /**
     * Makes a call of a participant: in this thread if it {@link #runsHere}, and returns what came of it; else beside it, and
     * tells it then. One that can't even be started, say for want of a thread, is answered with that failure: whoever asked
     * for it must hear. (Termination)
     */
    <T> Optional<Reply<T>> call(Call<T> call, Purpose purpose, Consumer<Reply<T>> answers) {
        Branch branch = call.branch();
        boolean here;
        try {
            here = isToRunHere(branch.participant());
        } catch (RuntimeException | Error failure) {
            return Optional.of(Reply.notStarted(branch, failure));
        }
        if (here) {
            return Optional.of(call.made());
        }
        if (branch.participant() instanceof AsyncParticipant async) {
            call.begin(async, this::answered, answers);
        } else {
            laneOf(branch.participant(), purpose).run(() -> answers.accept(call.made()), failure -> {
                if (!stopped) {
                    answers.accept(Reply.notStarted(branch, failure));
                }
            });
        }
        return Optional.empty();
    }

    /**
     * Takes up an answer that came in a thread which has others to bring, as soon as there is one for that; after the stop, when
     * there is none any more, at once: someone may still wait for it.
     */
    private void answered(Runnable reply) {
        answered.run(reply, failure -> {
            if (stopped) {
                asOwn(reply);
            } else {
                again(failure, () -> answered(reply));
            }
        });
    }

    /** Runs this in this thread as if it were the coordinator's: nobody waits here for a participant. */
    void asOwn(Runnable task) {
        boolean before = OWN.get();
        OWN.set(true);
        try {
            task.run();
        } finally {
            OWN.set(before);
        }
    }

    private Lane laneOf(Participant participant, Purpose purpose) {
        return called.computeIfAbsent(new Called(participant.name(), purpose), Workers.this::lane);
    }

    private Lane lane(Called key) {
        return new Lane(
                threads,
                Lane.MOST,
                () -> LOG.warn(
                        "{} calls of \"{}\" ({}) are under way, and as many wait until one of those returns. If they hang"
                                + " for good, nothing more is asked of it until this process starts anew",
                        Lane.MOST,
                        key.participant(),
                        key.purpose()));
    }

    /** Runs what waits for nobody, as soon as there is a thread. */
    void background(Runnable task) {
        own.run(task, failure -> again(failure, () -> background(task)));
    }

    /** Runs what may wait for a participant, as soon as there is a thread; that one counts among no others. */
    void apart(Runnable task) {
        try {
            threads.execute(task);
        } catch (RuntimeException | Error failure) {
            again(failure, () -> apart(task));
        }
    }

    /** Nobody would hear of it, and a chain of repetitions that lost one would have ended. (Termination) */
    private void again(Throwable failure, Runnable attempt) {
        if (stopped) {
            return;
        }
        if (!shortageTold) {
            shortageTold = true;
            LOG.warn("A thread couldn't be started; trying again until one can", failure);
        }
        schedule(AGAIN, attempt);
    }

    /** Runs it in the background after this pause. */
    void after(Duration pause, Runnable task) {
        schedule(pause, () -> background(task));
    }

    private void schedule(Duration pause, Runnable attempt) {
        try {
            var unused = timer.schedule(attempt, TimeUnit.NANOSECONDS.convert(pause), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException rejection) {
            if (!stopped) {
                throw rejection;
            }
        }
    }

    /** Calls nobody any more. Calls under way end by themselves: an interrupt could harm the resource that they are in. */
    void stop() {
        stopped = true;
        own.stop();
        called.values().forEach(Lane::stop);
        threads.shutdown();
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
