package dev.avow.engine.participant;

import dev.avow.engine.TransactionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A map in memory with a lock on each key, as a {@link Resource}: what {@link dev.avow.engine.KeyValueStore} is made of. */
public final class KeyValues implements Resource {

    /** The most that one transaction may write, in bytes as the log holds them: well below the log's longest record. */
    public static final int MAX_WORK_BYTES = 15 << 20;

    /** The most that a store may hold, so that twice as much always fits into a segment of the log. */
    public static final int MAX_BYTES = 256 << 20;

    private static final int SNAPSHOT_PIECE_BYTES = 1 << 20;

    /** One transaction's writes and locks. Used by that transaction's calls alone, one at a time. */
    private static final class Pending {
        final Set<String> locked = new HashSet<>();
        final Map<String, Optional<String>> writes = new LinkedHashMap<>();
        int bytes;
    }

    private final Map<String, String> committed = new HashMap<>(); // guarded by the log's state lock
    private final Map<String, TransactionId> locks = new ConcurrentHashMap<>();
    private final Map<TransactionId, Pending> pending = new ConcurrentHashMap<>();

    private final AtomicLong bytes = new AtomicLong(); // of all that is committed or pending, as the log holds it
    private final long maxBytes;

    public KeyValues() {
        this(MAX_BYTES);
    }

    KeyValues(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Locks a key to its transaction's end. Who holds it instead, if anyone. */
    public Optional<TransactionId> lock(TransactionId id, String key) {
        TransactionId holder = locks.putIfAbsent(key, id);
        if (holder == null) {
            pending(id).locked.add(key);
            return Optional.empty();
        }
        return Optional.of(holder).filter(other -> !other.equals(id));
    }

    /**
     * To be called under a lock on the key.
     *
     * @param value empty to remove the key
     * @throws IllegalArgumentException if the transaction's writes were too long with this one, which isn't done then
     * @throws IllegalStateException if the store were too large with it; removing is always possible
     */
    public void write(TransactionId id, String key, Optional<String> value) {
        Pending mine = pending(id);
        int more = KeyValueWork.entryBytes(key, value);
        Optional<String> before = mine.writes.get(key);
        if (before != null) {
            more -= KeyValueWork.entryBytes(key, before);
        }
        if (mine.bytes + more > MAX_WORK_BYTES) {
            throw new IllegalArgumentException(id + " would write " + (mine.bytes + more) + " bytes: the most is "
                    + MAX_WORK_BYTES + "; split the transaction");
        }
        long all = bytes.addAndGet(more);
        if (value.isPresent() && all > maxBytes) {
            bytes.addAndGet(-more);
            throw new IllegalStateException("the store would hold " + all + " bytes, with what is being written: the"
                    + " most is " + maxBytes + "; remove entries that aren't needed");
        }
        mine.bytes += more;
        mine.writes.put(key, value);
    }

    /** What this transaction sees. To be called with the log's state at rest. */
    public Optional<String> get(TransactionId id, String key) {
        return pending(id).writes.getOrDefault(key, get(key));
    }

    /** What is committed. To be called with the log's state at rest. */
    public Optional<String> get(String key) {
        return Optional.ofNullable(committed.get(key));
    }

    private Pending pending(TransactionId id) {
        return pending.computeIfAbsent(id, unused -> new Pending());
    }

    @Override
    public Optional<byte[]> work(TransactionId id) {
        Map<String, Optional<String>> writes = pending(id).writes;
        return writes.isEmpty() ? Optional.empty() : Optional.of(KeyValueWork.encode(writes));
    }

    @Override
    public void hold(TransactionId id, byte[] work) {
        KeyValueWork.decode(work).forEach((key, value) -> {
            lock(id, key).ifPresent(other -> {
                throw new IllegalArgumentException(
                        "key \"" + key + "\" is prepared by two transactions, " + other + " and " + id);
            });
            pending(id).writes.put(key, value);
        });
        pending(id).bytes = work.length;
        bytes.addAndGet(work.length);
    }

    @Override
    public void apply(byte[] work) {
        KeyValueWork.decode(work).forEach((key, value) -> {
            String before = value.isPresent() ? committed.put(key, value.get()) : committed.remove(key);
            bytes.addAndGet(committedBytes(key, value) - committedBytes(key, Optional.ofNullable(before)));
        });
    }

    private static int committedBytes(String key, Optional<String> value) {
        return value.isPresent() ? KeyValueWork.entryBytes(key, value) : 0;
    }

    @Override
    public void release(TransactionId id) {
        Pending ended = pending.remove(id);
        if (ended != null) {
            bytes.addAndGet(-ended.bytes);
            ended.locked.forEach(key -> locks.remove(key, id));
        }
    }

    @Override
    public void snapshot(Consumer<byte[]> sink) {
        Map<String, Optional<String>> piece = new HashMap<>();
        int pieceBytes = 0;
        for (Map.Entry<String, String> entry : committed.entrySet()) {
            Optional<String> value = Optional.of(entry.getValue());
            piece.put(entry.getKey(), value);
            pieceBytes += KeyValueWork.entryBytes(entry.getKey(), value);
            if (pieceBytes >= SNAPSHOT_PIECE_BYTES) {
                sink.accept(KeyValueWork.encode(piece));
                piece.clear();
                pieceBytes = 0;
            }
        }
        if (!piece.isEmpty()) {
            sink.accept(KeyValueWork.encode(piece));
        }
    }
}
