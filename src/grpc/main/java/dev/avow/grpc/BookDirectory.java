package dev.avow.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A directory that one process at a time has open, and whose files are replaced whole. */
final class BookDirectory implements AutoCloseable {
    private static final String LOCK = "lock";
    /** Who has it open, for people. */
    private static final String PROCESS = "process";

    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    // POSIX drops a process's lock on a file as soon as any descriptor of it is closed there: it isn't opened twice.
    private static final Set<Path> LOCKED_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private BookDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Creates it if it isn't there. */
    static BookDirectory locked(Path directory) {
        try {
            Path path = created(directory);
            if (!LOCKED_HERE.add(path)) {
                throw inUse(path, Long.toString(ProcessHandle.current().pid()));
            }
            Optional<FileChannel> lock = Optional.empty();
            try {
                lock = lock(path);
            } finally {
                if (lock.isEmpty()) {
                    LOCKED_HERE.remove(path);
                }
            }
            BookDirectory locked = new BookDirectory(path, lock.orElseThrow(() -> inUse(path, process(path))));
            locked.say();
            return locked;
        } catch (IOException failure) {
            throw new UnusableDirectoryException(
                    "the directory " + directory + " can't be used for a participant's state: " + failure
                            + ": give this process the rights, or choose another",
                    failure);
        }
    }

    private static Path created(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Path parent = Files.createDirectories(directory.toAbsolutePath()).getParent();
            if (parent != null) {
                force(parent);
            }
        }
        return directory.toRealPath();
    }

    private static Optional<FileChannel> lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException byAnotherClassLoader) {
            locked = false;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked ? Optional.of(channel) : Optional.empty();
    }

    private static UnusableDirectoryException inUse(Path path, String process) {
        return new UnusableDirectoryException("the directory " + path + " is open in process " + process
                + ": close the service there, or give this one its own directory");
    }

    private void say() throws IOException {
        try {
            Files.writeString(
                    path.resolve(PROCESS), Long.toString(ProcessHandle.current().pid()));
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private static String process(Path path) {
        try {
            return Files.readString(path.resolve(PROCESS), StandardCharsets.US_ASCII);
        } catch (IOException untold) {
            return "(unknown)";
        }
    }

    Path resolve(String file) {
        return path.resolve(file);
    }

    /** Durable when it returns; if it fails, the file is the former one or the new one, whole. */
    void replace(String file, byte[] bytes) throws IOException {
        Path temporary = path.resolve(file + ".new");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                int unused = channel.write(left);
            }
            channel.force(true);
        }
        Files.move(temporary, path.resolve(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(path);
    }

    private static void force(Path directory) throws IOException {
        if (WINDOWS) {
            return; // has no such call; its file systems journal names by themselves
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("the lock of " + path + " can't be released", failure);
        } finally {
            LOCKED_HERE.remove(path);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
