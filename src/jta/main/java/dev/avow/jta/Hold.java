package dev.avow.jta;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A thread's hold on its transaction. Taken by that thread alone; given up also by whoever ends the transaction or closes
 * the manager, since a pooled thread that lives on would else keep them in memory.
 */
final class Hold {
    private final AtomicReference<Optional<JtaTransaction>> held = new AtomicReference<>(Optional.empty());
    /** Of this thread alone. */
    private boolean known;

    /** Its transaction, unless another thread has ended that. */
    Optional<JtaTransaction> transaction() {
        Optional<JtaTransaction> mine = mine();
        return mine.isPresent() && mine.get().isOver() ? Optional.empty() : mine;
    }

    private Optional<JtaTransaction> mine() {
        return Objects.requireNonNull(held.get());
    }

    /** Whether it takes its first transaction only now. */
    boolean isFirst() {
        boolean first = !known;
        known = true;
        return first;
    }

    void take(JtaTransaction transaction) {
        held.set(Optional.of(transaction));
        transaction.heldBy(this);
    }

    void release() {
        held.getAndSet(Optional.empty()).ifPresent(mine -> mine.leftBy(this));
    }

    /** Nothing happens if the thread has gone on to another, be it at this moment. */
    void release(JtaTransaction ended) {
        Optional<JtaTransaction> mine = mine();
        if (mine.isPresent() && mine.get() == ended) {
            boolean unused = held.compareAndSet(mine, Optional.empty());
        }
    }

    /** For callbacks: has that transaction, or none, in place of its own. */
    void show(Optional<JtaTransaction> transaction) {
        held.set(transaction);
    }
}
