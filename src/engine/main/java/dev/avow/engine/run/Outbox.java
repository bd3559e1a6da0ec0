package dev.avow.engine.run;

import dev.avow.engine.Participant;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * The calls that a step has asked for. They are made after it, so that an answer finds the step taken; a branch has at
 * most one under way. Guarded by the lock of its {@link Telling}.
 */
final class Outbox {
    /** A call of a participant. */
    @FunctionalInterface
    interface Call {
        void make(Participant participant) throws Exception;
    }

    private final Workers workers;
    private final Consumer<Reply<Boolean>> answers;
    private final Deque<Runnable> calls = new ArrayDeque<>();
    private final BitSet underWay = new BitSet();
    private boolean emptying;

    Outbox(Workers workers, Consumer<Reply<Boolean>> answers) {
        this.workers = workers;
        this.answers = answers;
    }

    /** Adds this call, unless the branch has one under way. */
    void add(Branch branch, Call call) {
        if (underWay.get(branch.number())) {
            return;
        }
        underWay.set(branch.number());
        Callable<Boolean> made = () -> {
            call.make(branch.participant());
            return true;
        };
        Runnable start = () -> workers.call(branch.participant(), () -> answers.accept(Reply.of(branch, made)));
        // Those that may block first: they are on their way while the others are called in this thread.
        if (branch.participant().mayBlock()) {
            calls.addFirst(() -> branch.afterPrepare(start));
        } else {
            calls.addLast(() -> branch.afterPrepare(start));
        }
    }

    void answered(Branch branch) {
        underWay.clear(branch.number());
    }

    /** An answer that is given at once may add calls: they join the queue, or each would deepen the stack. */
    void empty() {
        if (emptying) {
            return;
        }
        emptying = true;
        try {
            for (Runnable call = calls.poll(); call != null; call = calls.poll()) {
                call.run();
            }
        } finally {
            emptying = false;
        }
    }
}
