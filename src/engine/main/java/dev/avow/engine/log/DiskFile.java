package dev.avow.engine.log;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that no interrupt can close. A {@code FileChannel} closes itself when its thread is interrupted, and with it
 * everyone's log. {@code RandomAccessFile} doesn't, but can only force data and metadata; {@code
 * AsynchronousFileChannel} doesn't either, and its {@code force(false)} is an fdatasync in the calling thread: no
 * journal commit for a changed modification time. So one writes and the other forces, on the same file.
 */
final class DiskFile implements LogFile {

    private final RandomAccessFile data;
    private final AsynchronousFileChannel forcer;

    DiskFile(Path file, boolean writable) throws IOException {
        // Opened before anything is written: a descriptor is told only of write errors that come after it.
        forcer = AsynchronousFileChannel.open(file, writable ? StandardOpenOption.WRITE : StandardOpenOption.READ);
        try {
            data = new RandomAccessFile(file.toFile(), writable ? "rw" : "r");
        } catch (FileNotFoundException e) {
            forcer.close();
            throw told(file, e);
        }
    }

    /** The one exception of that constructor stands for many reasons, such as too many open files. */
    private static FileSystemException told(Path file, FileNotFoundException failure) {
        FileSystemException told = Files.notExists(file)
                ? new NoSuchFileException(file.toString())
                : new FileSystemException(
                        file.toString(),
                        null,
                        String.valueOf(failure.getMessage()).replace(file.toString(), ""));
        told.initCause(failure);
        return told;
    }

    @Override
    public void write(long offset, byte[] bytes, int length) throws IOException {
        data.seek(offset);
        data.write(bytes, 0, length);
    }

    @Override
    public int read(long offset, byte[] into) throws IOException {
        data.seek(offset);
        int filled = 0;
        while (filled < into.length) {
            int count = data.read(into, filled, into.length - filled);
            if (count < 0) {
                break;
            }
            filled += count;
        }
        return filled;
    }

    @Override
    public void force() throws IOException {
        forcer.force(false);
    }

    @Override
    public long length() throws IOException {
        return data.length();
    }

    @Override
    public void close() throws IOException {
        try {
            data.close();
        } finally {
            forcer.close();
        }
    }
}
