package dev.avow.xa;

import java.sql.Connection;
import java.util.Optional;
import javax.transaction.xa.XAResource;

/** A branch's hold on a resource: ours, or one that the application lent. */
interface Lease {
    XAResource resource();

    /** The connection to work with, if this is a database. */
    Optional<Connection> connection();

    /** Whether the resource's branches must take {@link Turn turns}. */
    boolean takesTurns();

    /** Gives it back, once; reusable says whether another branch may work on it. */
    void release(boolean reusable);

    /** The application's own resource: it opened it and will close it. */
    record Lent(XAResource resource) implements Lease {
        @Override
        public Optional<Connection> connection() {
            return Optional.empty();
        }

        @Override
        public boolean takesTurns() {
            return Quirks.takesTurns(resource);
        }

        @Override
        public void release(boolean reusable) {}
    }
}
