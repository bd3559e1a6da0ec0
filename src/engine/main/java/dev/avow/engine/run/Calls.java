package dev.avow.engine.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A round of calls, one for each branch, whose replies come back to the thread that awaits them. */
final class Calls<T> {
    private final Engine engine;
    private final Departures departures;
    private final List<Branch> asked = new ArrayList<>();
    private final BlockingQueue<Reply<T>> replies = new LinkedBlockingQueue<>();

    Calls(Engine engine) {
        this.engine = engine;
        this.departures = new Departures(engine.workers(), Workers.Purpose.VOTE);
    }

    void make(Branch branch, Callable<T> call) {
        asked.add(branch);
        branch.prepareBegins();
        departures.add(branch, call, reply -> {
            branch.prepareEnds();
            replies.add(reply);
        });
    }

    /** Starts all that were made; those that may not block run here, after the others are on their way. */
    void begin() {
        departures.leave();
    }

    /**
     * As {@link #begin}, for a round of one.
     *
     * @throws NotStartedException if it wasn't started
     */
    void beginOnly() {
        begin();
        Optional.ofNullable(replies.peek()).flatMap(Reply::failure).ifPresent(failure -> {
            if (failure instanceof NotStartedException notStarted) {
                throw notStarted;
            }
        });
    }

    /** Nobody awaits more of them: those under way have this much time before an abort may overtake them. */
    void overtakeAfter(Duration left) {
        if (left.isZero()) {
            asked.forEach(Branch::prepareEnds);
        } else if (asked.stream().anyMatch(Branch::isPreparing)) {
            engine.workers().after(left, () -> asked.forEach(Branch::prepareEnds));
        }
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
