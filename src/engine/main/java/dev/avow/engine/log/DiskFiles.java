package dev.avow.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The real disk. */
public final class DiskFiles implements LogFiles {

    public static final DiskFiles DISK = new DiskFiles();

    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    // POSIX drops a process's lock on a file as soon as any descriptor of it is closed there. So the file must not even
    // be opened a second time in this process, and nothing but the lock lives in it.
    private final Set<Path> lockedHere = ConcurrentHashMap.newKeySet();

    // Of files that another class loader's copy of this class has locked: closing one would cost that copy its lock.
    private final Map<Object, AsynchronousFileChannel> neverClosed = new ConcurrentHashMap<>();

    private DiskFiles() {}

    @Override
    public void createDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().normalize().getParent();
        if (parent == null) {
            throw new FileAlreadyExistsException(directory.toString());
        }
        createDirectory(parent);
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        forceDirectory(parent);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    @Override
    public LogFile create(Path file) throws IOException {
        Files.createFile(file);
        return new DiskFile(file, true);
    }

    @Override
    public LogFile open(Path file, boolean writable) throws IOException {
        return new DiskFile(file, writable);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        if (WINDOWS) {
            return; // has no such call; its file systems journal names by themselves
        }
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public Optional<Closeable> tryLock(Path directory, String name) throws IOException {
        Path file = directory.toRealPath().resolve(name);
        if (!lockedHere.add(file)) {
            return Optional.empty();
        }
        Optional<AsynchronousFileChannel> held = Optional.empty();
        try {
            held = lock(file);
        } finally {
            if (held.isEmpty()) {
                lockedHere.remove(file);
            }
        }
        return held.map(channel -> () -> release(file, channel));
    }

    private Optional<AsynchronousFileChannel> lock(Path file) throws IOException {
        AsynchronousFileChannel channel = open(file);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException e) {
            neverClosed.put(identity(file), channel);
            return Optional.empty();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    /** The one that couldn't be closed, if there is one: each further attempt would else keep another. */
    private AsynchronousFileChannel open(Path file) throws IOException {
        if (Files.exists(file)) {
            Optional<AsynchronousFileChannel> kept = Optional.ofNullable(neverClosed.remove(identity(file)));
            if (kept.isPresent()) {
                return kept.get();
            }
        }
        return AsynchronousFileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Not the name where that can be helped: another file may have got it since. */
    private static Object identity(Path file) throws IOException {
        return Optional.ofNullable(
                        Files.readAttributes(file, BasicFileAttributes.class).fileKey())
                .orElse(file);
    }

    private void release(Path file, AsynchronousFileChannel channel) throws IOException {
        try {
            channel.close();
        } finally {
            lockedHere.remove(file);
        }
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }
}
