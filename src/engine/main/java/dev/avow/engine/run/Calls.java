package dev.avow.engine.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * A round of calls, one for each branch, whose replies come to the thread that asks for them. Those that run in that thread
 * are made only then: after a reply that ends the round, nobody else is asked.
 */
final class Calls<T> {
    private final Engine engine;
    private final Queue<Call<T>> here;
    /** Of those beside this thread, if there are any. */
    private Optional<Beside<T>> beside = Optional.empty();

    private record Beside<T>(List<Call<T>> asked, Replies<T> replies) {}

    /** @param branches how many it will be at most */
    Calls(Engine engine, int branches) {
        this.engine = engine;
        this.here = new ArrayDeque<>(branches);
    }

    void make(Call<T> call) {
        if (engine.workers().runsHere(call.branch().participant())) {
            here.add(call);
            return;
        }
        Beside<T> others = beside.orElseGet(() -> new Beside<>(new ArrayList<>(), new Replies<>()));
        beside = Optional.of(others);
        others.asked.add(call);
        call.branch().prepareBegins();
    }

    /** Starts those beside this thread. */
    void begin() {
        beside.ifPresent(others -> {
            Consumer<Reply<T>> arrival = reply -> {
                reply.branch().prepareEnds();
                others.replies.add(reply);
            };
            for (Call<T> each : others.asked) {
                engine.workers().call(each, Workers.Purpose.VOTE, arrival).ifPresent(arrival);
            }
        });
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
                overtake(others);
            } else if (others.asked.stream().anyMatch(each -> each.branch().isPreparing())) {
                engine.workers().after(left, () -> overtake(others));
            }
        });
    }

    private void overtake(Beside<T> others) {
        others.asked.forEach(each -> each.branch().overtake());
    }

    /** Whether the next reply comes of a call that is yet to be made, in this thread. */
    boolean isNextHere() {
        return !here.isEmpty();
    }

    /** The next reply; empty if none comes by then from beside, or if the thread is interrupted, which stays set. */
    Optional<Reply<T>> next(long deadlineNanos) {
        Call<T> call = here.poll();
        if (call != null) {
            return Optional.of(call.made());
        }
        return beside.flatMap(others -> {
            // One that is there needs no clock.
            Optional<Reply<T>> reply = others.replies.poll();
            return reply.isPresent() ? reply : others.replies.await(engine.left(deadlineNanos));
        });
    }
}
