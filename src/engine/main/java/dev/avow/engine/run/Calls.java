package dev.avow.engine.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;

/**
 * A round of calls, one for each branch, whose replies come to the thread that asks for them. Those that run in that thread
 * are made only then: after a reply that ends the round, nobody else is asked.
 */
final class Calls<T> {
    private final Engine engine;
    private final Queue<Here<T>> here;
    /** Of those beside this thread, if there are any. */
    private Optional<Beside<T>> beside = Optional.empty();

    private record Here<T>(Branch branch, Callable<T> call) {}

    private record Beside<T>(List<Branch> asked, Replies<T> replies, Departures<T> departures) {}

    /** @param branches how many it will be at most */
    Calls(Engine engine, int branches) {
        this.engine = engine;
        this.here = new ArrayDeque<>(branches);
    }

    void make(Branch branch, Callable<T> call) {
        if (engine.workers().runsHere(branch.participant())) {
            here.add(new Here<>(branch, call));
            return;
        }
        Beside<T> others = beside.orElseGet(this::openBeside);
        beside = Optional.of(others);
        others.asked.add(branch);
        branch.prepareBegins();
        others.departures.add(branch, call);
    }

    private Beside<T> openBeside() {
        Replies<T> replies = new Replies<>();
        return new Beside<>(
                new ArrayList<>(), replies, new Departures<>(engine.workers(), Workers.Purpose.VOTE, 2, reply -> {
                    reply.branch().prepareEnds();
                    replies.add(reply);
                }));
    }

    /** Starts those beside this thread. */
    void begin() {
        beside.ifPresent(others -> others.departures.leave());
    }

    /**
     * As {@link #begin}, for a round of one.
     *
     * @throws NotStartedException if it wasn't started
     */
    void beginOnly() {
        begin();
        beside.flatMap(others -> others.replies.peek()).flatMap(Reply::failure).ifPresent(failure -> {
            if (failure instanceof NotStartedException notStarted) {
                throw notStarted;
            }
        });
    }

    /** Nobody awaits more of them: those under way have this much time before an abort may overtake them. */
    void overtakeAfter(Duration left) {
        beside.ifPresent(others -> {
            if (left.isZero()) {
                others.asked.forEach(Branch::overtake);
            } else if (others.asked.stream().anyMatch(Branch::isPreparing)) {
                engine.workers().after(left, () -> others.asked.forEach(Branch::overtake));
            }
        });
    }

    /** The next reply; empty if none comes by then, or if the thread is interrupted, which stays set. */
    Optional<Reply<T>> next(long deadlineNanos) {
        Here<T> call = here.poll();
        if (call != null) {
            return Optional.of(Reply.of(call.branch, call.call));
        }
        return beside.flatMap(others -> {
            // One that is there needs no clock.
            Optional<Reply<T>> reply = others.replies.poll();
            return reply.isPresent() ? reply : others.replies.await(engine.left(deadlineNanos));
        });
    }
}
