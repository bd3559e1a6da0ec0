package dev.avow.benchmarks.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A preallocated file to which one thread at a time appends and which it forces, in the way that costs least here. */
public final class ForcedFile implements AutoCloseable {
    /** What Avow's log writes for a transaction of two participants, give or take a few bytes. */
    static final int RECORD_BYTES = 96;

    private static final int FILE_BYTES = 16 << 20;

    private final Path directory = Folders.create();
    private final RandomAccessFile file;
    private final AsynchronousFileChannel channel;
    private byte[] buffer = new byte[RECORD_BYTES];

    public ForcedFile() {
        try {
            Path path = directory.resolve("forced.bin");
            file = new RandomAccessFile(path.toFile(), "rw");
            file.write(new byte[FILE_BYTES]);
            file.seek(0);
            channel = AsynchronousFileChannel.open(path, StandardOpenOption.WRITE);
            channel.force(true);
        } catch (IOException failure) {
            throw new UncheckedIOException("no file to force in " + directory, failure);
        }
    }

    public void append(int records) throws IOException {
        int bytes = records * RECORD_BYTES;
        if (bytes > buffer.length) {
            buffer = new byte[bytes];
        }
        if (file.getFilePointer() + bytes > FILE_BYTES) {
            file.seek(0);
        }
        file.write(buffer, 0, bytes);
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        file.close();
        Folders.delete(directory);
    }
}
