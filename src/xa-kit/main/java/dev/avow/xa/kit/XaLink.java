package dev.avow.xa.kit;

import javax.transaction.xa.XAResource;

/** One connection to a resource manager. For one thread at a time. */
public interface XaLink extends AutoCloseable {
    /** The same one at each call. */
    XAResource resource();

    /** Writes this marker, such as a row or a message, in whatever branch the resource works for. */
    void write(String marker) throws Exception;

    /** Only reads. */
    void read() throws Exception;

    /** Closes the connection, the physical one. A failure says nothing about any branch, and isn't told. */
    @Override
    void close();
}
