package dev.avow.agroal;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import javax.transaction.xa.XAException;

/**
 * A statement of the application that passed the pool's check just before a timeout's rollback in another thread, and
 * reaches the driver after it: there it would begin work of nobody's, or be committed by itself (H2 is in auto-commit
 * then). The pool tells of the beginning of a statement only; that one is under way is seen in its thread's stack. The next
 * one is refused, so what was quiet once stays so.
 */
final class Straggler {
    private static final String STATEMENTS = "io.agroal.pool.wrapper.";
    private static final long PATIENCE_NANOS = Duration.ofSeconds(4).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    /** Who worked on the connection last: one thread at a time does. Written before its statement's check. */
    private volatile Thread user = Thread.currentThread();

    /** To be called at the beginning of a statement, before the check whether it may go on. */
    void begins() {
        user = Thread.currentThread();
    }

    /** @throws XAException XA_RETRY if a statement is under way for too long, such as one that waits for a lock */
    void await() throws XAException {
        long began = System.nanoTime();
        while (isUnderWay()) {
            if (System.nanoTime() - began > PATIENCE_NANOS) {
                throw new XAException(XAException.XA_RETRY);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean isUnderWay() {
        Thread last = user;
        return last != Thread.currentThread()
                && Arrays.stream(last.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().startsWith(STATEMENTS));
    }
}
