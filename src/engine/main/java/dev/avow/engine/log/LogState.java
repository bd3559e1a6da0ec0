package dev.avow.engine.log;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * What the records of a log add up to. The log calls it under its state lock, one call at a time, and reads from other
 * threads go through {@link RecordLog#read} under that same lock: an implementation needs no locks of its own.
 */
public interface LogState {

    /**
     * Takes in one record, in the order of the log: in replay, and, while running, as soon as the record is durable.
     *
     * @throws IllegalArgumentException if it can't be read; in replay the log then isn't opened
     */
    void apply(ByteBuffer record);

    /** Emits records which, applied in order to an empty state, give this one. */
    void snapshot(Consumer<byte[]> sink);
}
