package dev.avow.engine.log;

import java.io.Closeable;
import java.io.IOException;

/** One open file of a log. One thread at a time uses it. */
public interface LogFile extends Closeable {

    void write(long offset, byte[] bytes, int length) throws IOException;

    /** Fills the array from this offset, as far as the file reaches. Returns how many bytes that were. */
    int read(long offset, byte[] into) throws IOException;

    /** Returns once all that was written is durable, and with it the file's length. */
    void force() throws IOException;

    long length() throws IOException;
}
