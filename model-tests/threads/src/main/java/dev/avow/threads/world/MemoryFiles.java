package dev.avow.threads.world;

import dev.avow.engine.log.LogFile;
import dev.avow.engine.log.LogFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A disk in memory that keeps no locks. What is forced, and only that, is there after a power loss. */
public final class MemoryFiles implements LogFiles {

    private static final class Content {
        byte[] now = new byte[0];
        byte[] forced = new byte[0];
        int dirtyFrom = Integer.MAX_VALUE;
        int dirtyTo;

        /** Copies only what has changed: segments are long and frames short. */
        void force() {
            forced = forced.length == now.length ? forced : Arrays.copyOf(forced, now.length);
            if (dirtyFrom < dirtyTo) {
                System.arraycopy(now, dirtyFrom, forced, dirtyFrom, dirtyTo - dirtyFrom);
            }
            dirtyFrom = Integer.MAX_VALUE;
            dirtyTo = 0;
        }
    }

    // Guarded by this.
    private final Map<Path, Content> names = new HashMap<>();
    private Map<Path, Content> forcedNames = new HashMap<>();
    private int forces;
    private long owners;

    private volatile boolean failing;
    private volatile Runnable beforeForce = () -> {};

    /** From now on every force fails. */
    public void failForces() {
        failing = true;
    }

    /** Runs this in the thread that forces a file, before each force. */
    public void beforeForce(Runnable step) {
        beforeForce = step;
    }

    /** How many forces of files have succeeded. */
    public synchronized int forces() {
        return forces;
    }

    /** Whether these words stand in a file, durably. */
    public synchronized boolean hasForced(String words) {
        byte[] wanted = words.getBytes(StandardCharsets.UTF_8);
        return forcedNames.values().stream().anyMatch(content -> contains(content.forced, wanted));
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int from = 0; from + wanted.length <= bytes.length; from++) {
            if (bytes[from] == wanted[0]
                    && Arrays.equals(bytes, from, from + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    /** The disk that is found when the power is back. */
    public synchronized MemoryFiles afterPowerLoss() {
        MemoryFiles found = new MemoryFiles();
        forcedNames.forEach((name, content) -> {
            Content kept = new Content();
            kept.forced = content.forced.clone();
            kept.now = content.forced.clone();
            found.names.put(name, kept);
        });
        found.forcedNames = new HashMap<>(found.names);
        return found;
    }

    @Override
    public void createDirectory(Path directory) {}

    @Override
    public synchronized List<String> list(Path directory) {
        return names.keySet().stream().map(MemoryFiles::lastName).toList();
    }

    private static String lastName(Path file) {
        return String.valueOf(file.getFileName());
    }

    @Override
    public synchronized LogFile create(Path file) throws IOException {
        Content content = new Content();
        if (names.putIfAbsent(file, content) != null) {
            throw new FileAlreadyExistsException(file.toString());
        }
        return new MemoryFile(content);
    }

    @Override
    public synchronized LogFile open(Path file, boolean writable) throws IOException {
        return new MemoryFile(
                Optional.ofNullable(names.get(file)).orElseThrow(() -> new NoSuchFileException(file.toString())));
    }

    @Override
    public synchronized void delete(Path file) {
        names.remove(file);
    }

    @Override
    public synchronized void forceDirectory(Path directory) {
        forcedNames = new HashMap<>(names);
    }

    @Override
    public Optional<Closeable> tryLock(Path directory, String name) {
        return Optional.of(() -> {});
    }

    @Override
    public long usableBytes(Path directory) {
        return Long.MAX_VALUE;
    }

    /** Different ones if two create the log at the same moment. */
    @Override
    public synchronized long drawOwner() {
        return ++owners;
    }

    @Override
    public long processId() {
        return 1;
    }

    private final class MemoryFile implements LogFile {

        private final Content content;

        MemoryFile(Content content) {
            this.content = content;
        }

        @Override
        public void write(long offset, byte[] bytes, int length) {
            synchronized (MemoryFiles.this) {
                int end = (int) offset + length;
                if (end > content.now.length) {
                    content.now = Arrays.copyOf(content.now, end);
                }
                System.arraycopy(bytes, 0, content.now, (int) offset, length);
                content.dirtyFrom = Math.min(content.dirtyFrom, (int) offset);
                content.dirtyTo = Math.max(content.dirtyTo, end);
            }
        }

        @Override
        public int read(long offset, byte[] into) {
            synchronized (MemoryFiles.this) {
                int count = Math.max(0, Math.min(into.length, content.now.length - (int) offset));
                System.arraycopy(content.now, (int) offset, into, 0, count);
                return count;
            }
        }

        @Override
        public void force() throws IOException {
            beforeForce.run();
            if (failing) {
                throw new IOException("input/output error");
            }
            synchronized (MemoryFiles.this) {
                content.force();
                forces++;
            }
        }

        @Override
        public long length() {
            synchronized (MemoryFiles.this) {
                return content.now.length;
            }
        }

        @Override
        public void close() {}
    }
}
