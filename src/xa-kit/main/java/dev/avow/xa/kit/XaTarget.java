package dev.avow.xa.kit;

import java.util.Optional;

/**
 * A resource manager to which the kit is pointed: a database, a broker. {@link JdbcTarget} is one for any
 * {@code XADataSource}. For one thread at a time.
 */
public interface XaTarget {
    /** For people, such as {@code PostgreSQL 18}. */
    String name();

    /** A new connection. */
    XaLink open() throws Exception;

    /** How often this marker was written and committed, as any other client sees it. Asked of no branch that is prepared. */
    int count(String marker) throws Exception;

    /** Another database of the same kind, or another broker; empty if there is none at hand. */
    default Optional<XaTarget> elsewhere() {
        return Optional.empty();
    }

    /** Whether {@link #kill} and {@link #restart} do something. */
    default boolean canBeKilled() {
        return false;
    }

    /** Ends the resource manager as a crash does, such as by SIGKILL. */
    default void kill() throws Exception {
        throw new UnsupportedOperationException(name() + " can't be killed");
    }

    /** Starts it again on the same data. */
    default void restart() throws Exception {
        throw new UnsupportedOperationException(name() + " can't be killed");
    }
}
