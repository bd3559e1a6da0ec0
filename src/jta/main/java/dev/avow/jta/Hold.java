package dev.avow.jta;

import java.util.Optional;

/** A thread's hold on its transaction. Changed by that thread, and by who closes the manager. */
final class Hold {
    private volatile Optional<JtaTransaction> held = Optional.empty();

    /** Its transaction, unless another thread has ended that. */
    Optional<JtaTransaction> transaction() {
        Optional<JtaTransaction> mine = held;
        return mine.isPresent() && mine.get().isOver() ? Optional.empty() : mine;
    }

    void take(JtaTransaction transaction) {
        held = Optional.of(transaction);
    }

    void release() {
        held = Optional.empty();
    }

    /** Nothing happens if the thread has another one. */
    void release(JtaTransaction ended) {
        Optional<JtaTransaction> mine = held;
        if (mine.isPresent() && mine.get() == ended) {
            held = Optional.empty();
        }
    }

    /** Runs callbacks of this thread with that transaction, or with none; then it has its own again. */
    void within(Optional<JtaTransaction> transaction, Runnable callbacks) {
        Optional<JtaTransaction> own = held;
        if (own.equals(transaction)) {
            callbacks.run();
            return;
        }
        held = transaction;
        try {
            callbacks.run();
        } finally {
            held = own;
        }
    }
}
