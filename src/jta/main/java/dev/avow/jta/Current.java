package dev.avow.jta;

import java.util.List;
import java.util.Optional;

/** The transaction that each thread of a manager is in. Safe for any number of threads. */
final class Current {
    private final Running running = new Running();
    private final ThreadLocal<Hold> holds = ThreadLocal.withInitial(Hold::new);

    /** This thread's transaction, unless another thread has just ended it. */
    Optional<JtaTransaction> transaction() {
        return holds.get().transaction();
    }

    void take(JtaTransaction transaction) {
        Hold hold = holds.get();
        if (hold.isFirst()) {
            running.add(hold);
        }
        hold.take(transaction);
    }

    void release() {
        holds.get().release();
    }

    /** This thread lets go of its transaction, which goes on. */
    Optional<JtaTransaction> suspend() {
        Optional<JtaTransaction> suspended = transaction();
        suspended.ifPresent(running::remember);
        release();
        return suspended;
    }

    /** Called by a transaction that waits to be called when it ends. */
    void remember(JtaTransaction waiting) {
        running.remember(waiting);
    }

    /** Called by such a one when it ends. */
    void forget(JtaTransaction ended) {
        running.forget(ended);
    }

    /** Runs callbacks in this thread with this transaction, or with none. */
    void within(Optional<JtaTransaction> transaction, Runnable callbacks) {
        Hold hold = holds.get();
        Optional<JtaTransaction> own = hold.transaction();
        if (own.equals(transaction)) {
            callbacks.run();
            return;
        }
        // Nobody could see it meanwhile.
        own.ifPresent(running::remember);
        hold.show(transaction);
        try {
            callbacks.run();
        } finally {
            hold.show(own.filter(mine -> !mine.isOver()));
        }
    }

    /** All that nobody has ended; no thread holds one any more. */
    List<JtaTransaction> takeAll() {
        return running.takeAll();
    }
}
