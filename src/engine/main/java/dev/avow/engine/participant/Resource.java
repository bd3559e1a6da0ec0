package dev.avow.engine.participant;

import dev.avow.engine.TransactionId;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Something that can't make its work durable before it is decided, and so needs a {@link ParticipantRuntime} to take
 * part in transactions. It lives in memory: what the runtime's log holds is all that survives a crash, and {@link #apply}
 * brings it back.
 *
 * <p>{@link #apply} and {@link #snapshot} come one at a time, with the log's state at rest: they must neither wait nor
 * call the runtime. The other calls name a transaction, and come one at a time for each.
 */
public interface Resource {
    /**
     * What this transaction has done here, for {@link #apply}; empty if it has only read. Asked for once: no more work
     * comes after it.
     *
     * @throws Exception if it can't be committed: the transaction is aborted then
     */
    Optional<byte[]> work(TransactionId id) throws Exception;

    /** Holds again what this work needs for its commit, such as locks: it was prepared before a restart. */
    void hold(TransactionId id, byte[] work);

    /** Makes this work part of the state: its commit is durable. Again, in the same order, after each restart. */
    void apply(byte[] work);

    /** The transaction has ended here: drops its work and its locks, if it has any. */
    void release(TransactionId id);

    /** Emits pieces of work which, applied in order to an empty resource, give this one's state. */
    void snapshot(Consumer<byte[]> sink);
}
