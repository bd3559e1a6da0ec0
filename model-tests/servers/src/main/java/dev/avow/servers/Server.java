package dev.avow.servers;

import java.io.IOException;

/**
 * A server that keeps what it has promised on a disk, with durability as on a production system. For one thread at a
 * time.
 */
public interface Server extends AutoCloseable {
    /** Where it listens on this machine; the same after a restart. */
    int port();

    /**
     * SIGKILL: nothing is left that could still write when this returns.
     *
     * @throws IOException if its process can't be found
     * @throws IllegalStateException if it isn't dead, a minute later
     */
    void kill() throws IOException;

    /**
     * Starts the killed server again, on the same data and at the same port.
     *
     * @throws IOException if it doesn't start
     */
    void restart() throws IOException;

    /** Ends it; its data stay. */
    @Override
    void close() throws IOException;
}
