package dev.avow.resources;

import dev.avow.engine.Transaction;
import dev.avow.xa.XaParticipant;

/** A resource manager in a coordinator's transactions. */
interface Member extends AutoCloseable {
    XaParticipant participant();

    /** Writes the marker in this transaction. */
    void write(Transaction transaction, String marker) throws Exception;

    /** Takes part, and only reads. */
    void read(Transaction transaction) throws Exception;

    @Override
    void close();
}
