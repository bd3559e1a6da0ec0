package dev.avow.engine.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Calls of participants that go out together. One that can't even be started, say for want of a thread, is answered with
 * that failure: whoever asked for it must hear. (Termination) Guarded by whatever guards its owner.
 */
final class Departures<T> {
    private final Workers workers;
    private final Workers.Purpose purpose;
    private final Consumer<Reply<T>> answers;
    private final Deque<Departure<T>> waiting;
    private boolean leaving;

    private record Departure<T>(boolean afterPrepare, Branch branch, Callable<T> call) {}

    /** @param expected how many it will be at a time, as a rule */
    Departures(Workers workers, Workers.Purpose purpose, int expected, Consumer<Reply<T>> answers) {
        this.workers = workers;
        this.purpose = purpose;
        this.answers = answers;
        this.waiting = new ArrayDeque<>(expected);
    }

    void add(Branch branch, Callable<T> call) {
        add(branch, call, false);
    }

    /** Adds a call that waits until no prepare is in its way. */
    void addAfterPrepare(Branch branch, Callable<T> call) {
        add(branch, call, true);
    }

    private void add(Branch branch, Callable<T> call, boolean afterPrepare) {
        Departure<T> departure = new Departure<>(afterPrepare, branch, call);
        // Those that run beside this thread first: they are on their way while the others are called here.
        if (workers.runsHere(branch.participant())) {
            waiting.addLast(departure);
        } else {
            waiting.addFirst(departure);
        }
    }

    private void start(Branch branch, Callable<T> call) {
        workers.call(
                branch.participant(),
                purpose,
                () -> answers.accept(Reply.of(branch, call)),
                failure -> answers.accept(Reply.notStarted(branch, failure)));
    }

    /** An answer that is given at once may add calls: they join the queue, or each would deepen the stack. */
    void leave() {
        if (leaving) {
            return;
        }
        leaving = true;
        try {
            for (Departure<T> next = waiting.poll(); next != null; next = waiting.poll()) {
                if (next.afterPrepare && next.branch.isPreparing()) {
                    Departure<T> waitingForPrepare = next;
                    next.branch.afterPrepare(() -> start(waitingForPrepare.branch, waitingForPrepare.call));
                } else {
                    start(next.branch, next.call);
                }
            }
        } finally {
            leaving = false;
        }
    }
}
