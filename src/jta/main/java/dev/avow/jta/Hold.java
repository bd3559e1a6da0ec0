package dev.avow.jta;

import java.util.Optional;

/**
 * A thread's hold on its transaction. The transaction knows who holds it, so that whoever ends it frees the threads, and
 * so does closing the manager: a pooled thread that lives on would else keep the closed manager in memory.
 */
final class Hold {
    /** Written under this's lock: an old transaction's end in another thread mustn't take a new one away. */
    private volatile Optional<JtaTransaction> held = Optional.empty();

    Optional<JtaTransaction> transaction() {
        return held;
    }

    synchronized void take(JtaTransaction transaction) {
        held = Optional.of(transaction);
        transaction.heldBy(this);
    }

    synchronized void release() {
        held.ifPresent(transaction -> transaction.leftBy(this));
        held = Optional.empty();
    }

    /** Nothing happens if the thread has gone on to another. */
    synchronized void release(JtaTransaction transaction) {
        if (held.filter(mine -> mine == transaction).isPresent()) {
            release();
        }
    }

    /** Runs callbacks of this thread with that transaction, or with none; then it has its own again. */
    void within(Optional<JtaTransaction> transaction, Runnable callbacks) {
        Optional<JtaTransaction> own = held;
        if (own.equals(transaction)) {
            callbacks.run();
            return;
        }
        set(transaction);
        try {
            callbacks.run();
        } finally {
            set(own);
        }
    }

    private synchronized void set(Optional<JtaTransaction> transaction) {
        held = transaction;
    }
}
