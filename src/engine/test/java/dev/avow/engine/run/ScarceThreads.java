package dev.avow.engine.run;

import dev.avow.engine.Calling;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a process whose limit another one uses up from time to time. */
final class ScarceThreads implements ThreadFactory {
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger alive = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean exhausted;

    /** None of these waits for a second task: each needs a thread of its own. */
    Workers workers() {
        return new Workers(Calling.SIDE_BY_SIDE, this, Duration.ZERO);
    }

    void exhaust() {
        exhausted = true;
    }

    void relieve() {
        exhausted = false;
    }

    int made() {
        return made.get();
    }

    /** How many of them there are. */
    int alive() {
        return alive.get();
    }

    int refused() {
        return refused.get();
    }

    @Override
    public Thread newThread(Runnable task) {
        if (exhausted) {
            refused.incrementAndGet();
            throw new OutOfMemoryError("unable to create native thread");
        }
        made.incrementAndGet();
        alive.incrementAndGet();
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } finally {
                        alive.decrementAndGet();
                    }
                },
                "scarce");
        thread.setDaemon(true);
        return thread;
    }
}
