package dev.avow.xa;

import javax.transaction.xa.XAResource;

/** One open connection to a resource manager, as {@link XaResourceFactory} hands it out. */
public interface XaSession {
    /** The same one at each call. */
    XAResource resource();

    /** Closes the connection. Called once, and only when no branch depends on it. */
    void close() throws Exception;
}
