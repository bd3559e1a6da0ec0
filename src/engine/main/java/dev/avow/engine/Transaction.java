package dev.avow.engine;

import dev.avow.protocol.CoordinatorState;
import java.util.Optional;

/**
 * One transaction at work. To be used by one thread at a time; {@link #commit} and {@link #abort} may come from any, and
 * the first of them counts. Closing one that hasn't ended aborts it.
 */
public interface Transaction extends AutoCloseable {
    TransactionId id();

    /** The user's own name for it. */
    String name();

    /**
     * Makes this participant part of the transaction; again for the same one changes nothing.
     *
     * @throws IllegalArgumentException if the coordinator wasn't opened with this participant: it couldn't recover it
     * @throws IllegalStateException if the transaction has ended, or was aborted by its timeout
     */
    void enlist(Participant participant);

    /**
     * Commits everywhere or nowhere, and says which. A second call gives the same answer. An interrupt before the decision
     * aborts, one after it cuts only the waiting short; it is set again on return. With a single participant the decision is
     * made when that one is asked: a later interrupt leaves the outcome in doubt.
     */
    Outcome commit();

    /** Aborts everywhere. After {@link #commit} it changes nothing and gives that outcome. */
    Outcome abort();

    /** Where its coordinator stands. Another thread may see it a moment late. */
    CoordinatorState state();

    /** How it has ended, be it by a timeout; empty as long as that is open. */
    Optional<Outcome> outcome();

    @Override
    default void close() {
        abort();
    }
}
