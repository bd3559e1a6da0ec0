package dev.avow.engine.log;

import java.util.concurrent.locks.LockSupport;

/** One record on its way to the disk, and the thread that waits for it. */
final class Append {

    enum Kind {
        /** Its thread waits until it is durable. */
        FORCED,
        /** Nobody waits. */
        UNFORCED,
        /** No record: its thread waits for all those before it. */
        BARRIER
    }

    /** {@code WAIT → LEAD → TOLD}, or {@code WAIT → TOLD} if another thread led. */
    enum Turn {
        WAIT,
        LEAD,
        TOLD
    }

    /** What a waiter is told: returns if its record is durable, throws an exception of the waiter's own if not. */
    interface Fate {
        Fate DURABLE = () -> {};

        void tell();
    }

    final Kind kind;
    final byte[] record;
    private final Thread thread = Thread.currentThread();

    private Fate fate = Fate.DURABLE; // written before turn becomes TOLD, read after
    private volatile Turn turn = Turn.WAIT; // the write in wake pairs with the read in awaitTurn

    Append(Kind kind, byte[] record) {
        this.kind = kind;
        this.record = record;
    }

    boolean isAwaited() {
        return kind != Kind.UNFORCED;
    }

    /** Makes its thread the leader; what the leader before did is visible to it. */
    void lead() {
        wake(Turn.LEAD);
    }

    void tell(Fate itsFate) {
        fate = itsFate;
        wake(Turn.TOLD);
    }

    private void wake(Turn newTurn) {
        turn = newTurn;
        if (isAwaited() && thread != Thread.currentThread()) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Returns true if this thread is to lead, false if its record's fate is known. Interrupts don't cut it short: a
     * caller that left now would never know what became of its decision.
     */
    boolean awaitTurn() {
        boolean interrupted = false;
        while (turn == Turn.WAIT) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return turn == Turn.LEAD;
    }

    /** To be asked once {@link #tell} was called. */
    void requireDurable() {
        fate.tell();
    }
}
