package dev.avow.engine.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The calls that a step has asked for. They are made after it, so that an answer finds the step taken, and without the lock
 * of its {@link Telling}, so that a participant that hangs holds up nothing but its own caller. A branch has at most one
 * under way. Guarded by that lock, except {@link #start}.
 */
final class Outbox {
    private final Workers workers;
    private final Consumer<Reply<Boolean>> answers;
    private Deque<Call<Boolean>> waiting;

    /**
     * @param branches how many calls it will be at a time, as a rule
     * @param answers hears of those beside the thread that starts them
     */
    Outbox(Workers workers, int branches, Consumer<Reply<Boolean>> answers) {
        this.workers = workers;
        this.answers = answers;
        this.waiting = new ArrayDeque<>(branches);
    }

    /** Adds this call, unless the branch has one under way. */
    void add(Call<Boolean> call) {
        Branch branch = call.branch();
        if (branch.isUnderWay()) {
            return;
        }
        branch.attempted();
        // Those that run beside this thread first: they are on their way while the others are called here.
        if (workers.runsHere(branch.participant())) {
            waiting.addLast(call);
        } else {
            waiting.addFirst(call);
        }
    }

    /** Hands them over, to be started by this thread. */
    Deque<Call<Boolean>> taken() {
        Deque<Call<Boolean>> taken = waiting;
        if (!taken.isEmpty()) {
            waiting = new ArrayDeque<>(1);
        }
        return taken;
    }

    /** Starts it, once no prepare is in its way; returns what came of it, if it ran in this thread. */
    Optional<Reply<Boolean>> start(Call<Boolean> call) {
        Branch branch = call.branch();
        try {
            if (branch.isPreparing()) {
                branch.afterPrepare(() -> startNow(call).ifPresent(answers));
                return Optional.empty();
            }
            return startNow(call);
        } catch (RuntimeException | Error defect) {
            // Or else the branch would stay under way for ever. (Termination)
            return Optional.of(Reply.notStarted(branch, defect));
        }
    }

    private Optional<Reply<Boolean>> startNow(Call<Boolean> call) {
        return workers.call(call, Workers.Purpose.DECISION, answers);
    }
}
