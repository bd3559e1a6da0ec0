package dev.avow.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A disk whose power can fail. What was forced is kept. Of what wasn't, every sector, every growth of a file and every
 * change of a name is kept or lost as the seed has it, in no order.
 */
final class MemoryDisk implements LogFiles {

    private static final int SECTOR_BYTES = 512;

    private static final class Content {
        byte[] now = new byte[0];
        byte[] durable = new byte[0];
        final Set<Integer> dirtySectors = new TreeSet<>();
    }

    // Guarded by this.
    private final Map<Path, Content> names = new HashMap<>();
    private final Map<Path, Content> durableNames = new HashMap<>();
    private final Set<Path> locks = new HashSet<>();

    /** The disk that is found when the power is back. */
    synchronized MemoryDisk afterPowerLoss(long seed) {
        Random random = new Random(seed);
        MemoryDisk found = new MemoryDisk();
        Set<Path> all = new TreeSet<>(names.keySet());
        all.addAll(durableNames.keySet());
        for (Path name : all) {
            Optional<Content> content =
                    Optional.ofNullable(random.nextBoolean() ? names.get(name) : durableNames.get(name));
            content.ifPresent(lost -> {
                Content kept = new Content();
                kept.durable = survivor(lost, random);
                kept.now = kept.durable.clone();
                found.names.put(name, kept);
                found.durableNames.put(name, kept);
            });
        }
        return found;
    }

    private static byte[] survivor(Content content, Random random) {
        byte[] survivor =
                Arrays.copyOf(content.durable, random.nextBoolean() ? content.now.length : content.durable.length);
        for (int sector : content.dirtySectors) {
            int from = sector * SECTOR_BYTES;
            int to = Math.min(Math.min(from + SECTOR_BYTES, survivor.length), content.now.length);
            if (from < to && random.nextBoolean()) {
                System.arraycopy(content.now, from, survivor, from, to - from);
            }
        }
        return survivor;
    }

    @Override
    public void createDirectory(Path directory) {}

    @Override
    public synchronized List<String> list(Path directory) {
        return new ArrayList<>(names.keySet().stream()
                .map(name -> name.getFileName().toString())
                .toList());
    }

    @Override
    public synchronized LogFile create(Path file) throws IOException {
        if (names.containsKey(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Content content = new Content();
        names.put(file, content);
        return new MemoryFile(content);
    }

    @Override
    public synchronized LogFile open(Path file, boolean writable) throws IOException {
        Optional<Content> content = Optional.ofNullable(names.get(file));
        return new MemoryFile(content.orElseThrow(() -> new NoSuchFileException(file.toString())));
    }

    @Override
    public synchronized void delete(Path file) {
        names.remove(file);
    }

    @Override
    public synchronized void forceDirectory(Path directory) {
        durableNames.clear();
        durableNames.putAll(names);
    }

    @Override
    public synchronized Optional<Closeable> tryLock(Path directory, String name) {
        Path file = directory.resolve(name);
        return locks.add(file) ? Optional.of(() -> unlock(file)) : Optional.empty();
    }

    private synchronized void unlock(Path file) {
        locks.remove(file);
    }

    @Override
    public long usableBytes(Path directory) {
        return Long.MAX_VALUE;
    }

    private final class MemoryFile implements LogFile {

        private final Content content;

        MemoryFile(Content content) {
            this.content = content;
        }

        @Override
        public void write(long offset, byte[] bytes, int length) {
            synchronized (MemoryDisk.this) {
                int from = (int) offset;
                if (from + length > content.now.length) {
                    content.now = Arrays.copyOf(content.now, from + length);
                }
                System.arraycopy(bytes, 0, content.now, from, length);
                for (int at = from; at < from + length; at = (at / SECTOR_BYTES + 1) * SECTOR_BYTES) {
                    content.dirtySectors.add(at / SECTOR_BYTES);
                }
            }
        }

        @Override
        public int read(long offset, byte[] into) {
            synchronized (MemoryDisk.this) {
                int count = Math.max(0, Math.min(into.length, content.now.length - (int) offset));
                System.arraycopy(content.now, (int) offset, into, 0, count);
                return count;
            }
        }

        @Override
        public void force() {
            synchronized (MemoryDisk.this) {
                content.durable = content.now.clone();
                content.dirtySectors.clear();
            }
        }

        @Override
        public long length() {
            synchronized (MemoryDisk.this) {
                return content.now.length;
            }
        }

        @Override
        public void close() {}
    }
}
