package dev.avow.engine.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Calls of participants that go out together. One that can't even be started, say for want of a thread, is answered with
 * that failure: whoever asked for it must hear. (Termination) Guarded by whatever guards its owner.
 */
final class Departures {
    private final Workers workers;
    private final Workers.Purpose purpose;
    private final Deque<Runnable> starts = new ArrayDeque<>();
    private boolean leaving;

    Departures(Workers workers, Workers.Purpose purpose) {
        this.workers = workers;
        this.purpose = purpose;
    }

    <T> void add(Branch branch, Callable<T> call, Consumer<Reply<T>> answers) {
        add(branch, () -> start(branch, call, answers));
    }

    /** Adds a call that waits until no prepare is in its way. */
    <T> void addAfterPrepare(Branch branch, Callable<T> call, Consumer<Reply<T>> answers) {
        add(branch, () -> branch.afterPrepare(() -> start(branch, call, answers)));
    }

    private void add(Branch branch, Runnable start) {
        // Those that run beside this thread first: they are on their way while the others are called here.
        if (runsHere(branch)) {
            starts.addLast(start);
        } else {
            starts.addFirst(start);
        }
    }

    private boolean runsHere(Branch branch) {
        try {
            return workers.mayRunHere(branch.participant());
        } catch (RuntimeException | Error failure) {
            // It is asked again when the call is started, and what it throws there is the answer.
            return false;
        }
    }

    private <T> void start(Branch branch, Callable<T> call, Consumer<Reply<T>> answers) {
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
            for (Runnable start = starts.poll(); start != null; start = starts.poll()) {
                start.run();
            }
        } finally {
            leaving = false;
        }
    }
}
