package dev.avow.engine.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A round of calls, one for each branch, whose replies come back to the thread that awaits them. */
final class Calls<T> {
    private final Engine engine;
    private final Deque<Runnable> calls = new ArrayDeque<>();
    private final BlockingQueue<Reply<T>> replies = new LinkedBlockingQueue<>();

    Calls(Engine engine) {
        this.engine = engine;
    }

    void make(Branch branch, Callable<T> call) {
        Runnable start = () -> engine.workers().call(branch.participant(), () -> replies.add(Reply.of(branch, call)));
        if (branch.participant().mayBlock()) {
            calls.addFirst(start);
        } else {
            calls.addLast(start);
        }
    }

    /** Starts all that were made; those that may not block run here, after the others are on their way. */
    void begin() {
        calls.forEach(Runnable::run);
    }

    /** The next reply; empty after this long, or if the thread is interrupted, which stays set. */
    Optional<Reply<T>> await(Duration timeout) {
        try {
            return Optional.ofNullable(replies.poll(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
