package dev.avow.engine.log;

import dev.avow.engine.LogException;
import dev.avow.engine.LogFailedException;
import dev.avow.engine.LogObserver;
import dev.avow.engine.LogOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable log of records whose meaning only its {@link LogState} knows: group commit, snapshots in place of old
 * segments, and a fence against earlier incarnations. What its methods throw says what became of the record: see
 * {@link LogException}.
 *
 * <p>Any thread may call any method. The state is changed by the leader of the group commit alone and read by anyone,
 * both under {@code stateLock}, which is never held during a file operation.
 */
public final class RecordLog implements AutoCloseable {

    /** Longer records are refused: a frame must fit into memory several times over. */
    public static final int MAX_RECORD_BYTES = 16 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(RecordLog.class);

    private final LogDirectory directory;
    private final LogObserver observer;
    private final LogState state;
    private final ReentrantLock stateLock = new ReentrantLock();
    private final GroupCommit group;
    private final Opening opened;
    private boolean released; // guarded by this

    private RecordLog(LogDirectory directory, LogOptions options, LogState state) {
        this.directory = directory;
        this.observer = options.observer();
        this.state = state;
        this.opened = Opening.of(directory, options, state, this::snapshot);
        this.group = new GroupCommit(directory.path().toString(), this::write);
    }

    /** Opens the next incarnation and replays what is there into this state. See {@link dev.avow.engine.DecisionLog}. */
    public static RecordLog open(Path directory, LogKind kind, LogOptions options, LogState state) {
        return open(directory, kind, options, state, DiskFiles.DISK);
    }

    /** As {@link #open(Path, LogKind, LogOptions, LogState)}, on other files than the real disk's. */
    public static RecordLog open(Path directory, LogKind kind, LogOptions options, LogState state, LogFiles files) {
        return new RecordLog(new LogDirectory(directory, kind, files), options, state);
    }

    /** 48 random bits, drawn when the log was created. */
    public long owner() {
        return opened.slot().owner();
    }

    public int incarnation() {
        return opened.slot().incarnation();
    }

    /**
     * Returns once the record is durable and applied.
     *
     * @throws IllegalArgumentException if it is longer than {@link #MAX_RECORD_BYTES}
     */
    public void append(byte[] record) {
        requireShort(record);
        group.append(record);
    }

    /** Returns at once, as a rule: the record becomes durable, and is applied, with the next forced one. */
    public void appendUnforced(byte[] record) {
        requireShort(record);
        group.appendUnforced(record);
    }

    /** Returns once everything appended before is durable and applied. */
    public void flush() {
        group.flush();
    }

    /** Runs this with the state at rest. It must neither wait nor call the log. */
    public <T> T read(Supplier<T> reading) {
        stateLock.lock();
        try {
            return reading.get();
        } finally {
            stateLock.unlock();
        }
    }

    private static void requireShort(byte[] record) {
        if (record.length > MAX_RECORD_BYTES) {
            throw new IllegalArgumentException("a record of " + record.length + " bytes is too long: the most is "
                    + MAX_RECORD_BYTES + "; shorten its names or split the transaction");
        }
    }

    private void write(List<byte[]> records) throws IOException {
        long beganNanos = System.nanoTime();
        opened.writer().append(records);
        observe(records.size(), System.nanoTime() - beganNanos);
        opened.fence().requireNewest(); // between the force and the acknowledgement: see Fence (Fenced)
        stateLock.lock();
        try {
            for (byte[] record : records) {
                state.apply(ByteBuffer.wrap(record).asReadOnlyBuffer());
            }
        } finally {
            stateLock.unlock();
        }
    }

    private void observe(int records, long nanos) {
        try {
            observer.forced(records, nanos);
        } catch (RuntimeException | Error failure) {
            // They are durable, whatever the observer thinks of it.
            LOG.warn("The observer of the log in {} failed", directory.path(), failure);
        }
    }

    private List<byte[]> snapshot() {
        return read(() -> {
            List<byte[]> records = new ArrayList<>();
            state.snapshot(records::add);
            return records;
        });
    }

    /** Where it is, if its files are this machine's own. */
    Optional<Path> directory() {
        return directory.files() == DiskFiles.DISK ? Optional.of(directory.path()) : Optional.empty();
    }

    /** Writes what isn't forced yet, then lets go of the directory, also if that failed. */
    @Override
    public synchronized void close() {
        if (released) {
            return;
        }
        released = true;
        try (opened) {
            group.close();
        } catch (IOException e) {
            throw new LogFailedException("closing the log in " + directory.path() + " failed: " + e, e);
        }
    }
}
