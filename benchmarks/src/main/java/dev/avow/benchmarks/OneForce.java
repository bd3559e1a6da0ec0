package dev.avow.benchmarks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One append to a preallocated file and one force, as the log does it: the least that a durable decision takes. */
@State(Scope.Thread)
public class OneForce {
    private static final int FILE_BYTES = 16 << 20;
    private static final byte[] FRAME = new byte[160];

    private final Path directory = Folders.create();
    private final RandomAccessFile file;
    private final AsynchronousFileChannel channel;

    public OneForce() {
        try {
            Path path = directory.resolve("one-force.bin");
            file = new RandomAccessFile(path.toFile(), "rw");
            file.write(new byte[FILE_BYTES]);
            file.seek(0);
            channel = AsynchronousFileChannel.open(path, StandardOpenOption.WRITE);
            channel.force(true);
        } catch (IOException failure) {
            throw new UncheckedIOException("no file to force in " + directory, failure);
        }
    }

    void append() throws IOException {
        if (file.getFilePointer() + FRAME.length > FILE_BYTES) {
            file.seek(0);
        }
        file.write(FRAME);
        channel.force(false);
    }

    @TearDown
    public void delete() throws IOException {
        channel.close();
        file.close();
        Folders.delete(directory);
    }
}
