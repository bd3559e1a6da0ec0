package dev.avow.jta;

import java.util.Optional;

/**
 * A thread's hold on its transaction. The transaction knows its hold, so that whoever ends it frees the thread, and so
 * does closing the manager: a pooled thread that lives on would else keep the closed manager in memory.
 */
final class Hold {
    private volatile Optional<JtaTransaction> held = Optional.empty();

    Optional<JtaTransaction> transaction() {
        return held;
    }

    void take(JtaTransaction transaction) {
        held = Optional.of(transaction);
        transaction.heldBy(this);
    }

    void release() {
        held = Optional.empty();
    }

    /** Nothing happens if the thread has gone on to another. */
    void release(JtaTransaction transaction) {
        if (held.filter(mine -> mine == transaction).isPresent()) {
            release();
        }
    }
}
