package dev.avow.engine.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The threads that tasks of one kind may take at a time; what comes beyond them waits in line. So a participant that
 * hangs holds a bounded number of threads, however many transactions it is part of.
 */
final class Lane {
    /** More than a connection pool has, as a rule, and few enough for a process to bear from several participants. */
    static final int MOST = 128;

    private record Task(Runnable work, Consumer<Throwable> notStarted) {}

    private final Executor threads;
    private final int most;
    /** Told once for each time that as many wait as are under way: they may never return. */
    private final Runnable whenJammed;
    /** Guarded by this, like all below. */
    private final Deque<Task> waiting = new ArrayDeque<>();

    private int running;
    private boolean stopped;
    private boolean jammed;

    Lane(Executor threads, int most, Runnable whenJammed) {
        this.threads = threads;
        this.most = most;
        this.whenJammed = whenJammed;
    }

    /** Runs this work on a thread, or else says what keeps it from one. */
    void run(Runnable work, Consumer<Throwable> notStarted) {
        Task task = new Task(work, notStarted);
        if (!takesThread(task)) {
            if (jams()) {
                whenJammed.run();
            }
            return;
        }
        try {
            threads.execute(() -> runLine(task));
        } catch (RuntimeException | Error failure) {
            threadless(task).forEach(left -> left.notStarted.accept(failure));
        }
    }

    private synchronized boolean takesThread(Task task) {
        if (stopped) {
            return false;
        }
        if (running == most) {
            waiting.add(task);
            return false;
        }
        running++;
        return true;
    }

    /** Whether the line has become as long as that just now. */
    private synchronized boolean jams() {
        boolean news = !jammed && waiting.size() >= most;
        jammed |= news;
        return news;
    }

    /** This task, and those in line behind threads of which none could be started. */
    private synchronized List<Task> threadless(Task task) {
        running--;
        List<Task> left = new ArrayList<>(List.of(task));
        if (running == 0) {
            left.addAll(waiting);
            waiting.clear();
        }
        return left;
    }

    private void runLine(Task first) {
        for (Optional<Task> next = Optional.of(first); next.isPresent(); next = next()) {
            try {
                next.get().work.run();
            } catch (RuntimeException | Error defect) {
                // Reported as if the thread had ended with it; those in line still want theirs.
                Thread here = Thread.currentThread();
                here.getUncaughtExceptionHandler().uncaughtException(here, defect);
            }
        }
    }

    private synchronized Optional<Task> next() {
        Optional<Task> next = Optional.ofNullable(waiting.poll());
        if (next.isEmpty()) {
            running--;
            jammed = false;
        }
        return next;
    }

    /** Starts nothing more. */
    synchronized void stop() {
        stopped = true;
        waiting.clear();
    }
}
