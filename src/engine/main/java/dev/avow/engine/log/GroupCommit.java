package dev.avow.engine.log;

import dev.avow.engine.LogClosedException;
import dev.avow.engine.LogFailedException;
import dev.avow.engine.LogFullException;
import dev.avow.engine.LogRefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Group commit by leader and followers. Forcing costs the same for one record as for a hundred (DeWitt et al. 1984;
 * Gray &amp; Reuter 1992, chapter 9), so while one force is under way everybody else's records gather for the next. It
 * has no thread of its own: whoever finds no flush under way becomes the leader and writes all that is pending. A lone
 * committer thus pays for one force and no hand-off. Whoever finds a leader adds its record and parks.
 *
 * <p>When a leader is done it lays leadership down, if nobody waits. If somebody does, it leads once more, for them: it
 * has the processor, and the disk needn't wait until another thread has got one. Then it passes leadership to the first of
 * those that wait by then; that one wakes to lead, and all others wake with their record's fate known: each waiter is woken
 * once, and a leader's own commit takes one force longer at most. Leadership is the exclusivity that guards the sink: the
 * lock and {@link Append}'s turn hand it from one leader to the next.
 *
 * <p>Unforced records wait for company: they ride in the next frame that someone pays for. Their writers don't wait,
 * until there are so many of them that one has to.
 *
 * <p>The first failure stops everything for good: after a failed write or force nobody knows what the disk holds
 * (Rebello et al. 2020), and a log that went on would build on it. Only a full disk, found before anything of the batch
 * was written, refuses that batch alone.
 */
final class GroupCommit {

    /** Makes records durable, together and in order. Called by one thread at a time. */
    interface Sink {
        void write(List<byte[]> records) throws IOException;
    }

    private static final int MAX_UNFORCED_BYTES = 1 << 20;
    private static final int MAX_BATCH_BYTES = 4 << 20;
    /** Measured with 32 and 128 threads: two are a third faster than one, and more aren't faster than two. */
    private static final int MAX_BATCHES_OF_A_LEADER = 2;

    private final String directory;
    private final Sink sink;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock.
    private List<Append> pending = new ArrayList<>();
    private long unforcedBytes;
    private boolean led;
    private boolean closed;
    private Optional<Append.Fate> stopped = Optional.empty();

    GroupCommit(String directory, Sink sink) {
        this.directory = directory;
        this.sink = sink;
    }

    /** Returns once the record is durable. */
    void append(byte[] record) {
        join(Append.Kind.FORCED, record);
    }

    /** Returns at once; the record goes with the next that is forced. */
    void appendUnforced(byte[] record) {
        join(Append.Kind.UNFORCED, record);
    }

    /** Returns once all that was appended before is durable. */
    void flush() {
        join(Append.Kind.BARRIER, new byte[0]);
    }

    /** Flushes and ends: nothing is appended any more, and the sink is at rest when this returns or throws. */
    void close() {
        Append last;
        lock.lock();
        try {
            closed = true;
            if (stopped.isPresent()) {
                return; // every waiter was told, and unforced records were never promised
            }
            last = new Append(Append.Kind.BARRIER, new byte[0]);
            add(last);
        } finally {
            lock.unlock();
        }
        await(last);
    }

    private void join(Append.Kind kind, byte[] record) {
        Append append;
        lock.lock();
        try {
            if (closed) {
                throw new LogClosedException("the log in " + directory + " is closed: open it again");
            }
            stopped.ifPresent(Append.Fate::tell);
            boolean tooMuch = kind == Append.Kind.UNFORCED && unforcedBytes + record.length > MAX_UNFORCED_BYTES;
            append = new Append(tooMuch ? Append.Kind.FORCED : kind, record);
            add(append);
        } finally {
            lock.unlock();
        }
        await(append);
    }

    private void add(Append append) {
        pending.add(append);
        if (!append.isAwaited()) {
            unforcedBytes += append.record.length;
        } else if (!led) {
            led = true;
            append.lead();
        }
    }

    private void await(Append append) {
        if (append.isAwaited()) {
            if (append.awaitTurn()) {
                lead();
            }
            append.requireDurable();
        }
    }

    private void lead() {
        int batches = 1;
        while (leadsOn(batches)) {
            batches++;
        }
    }

    /** Leads for one batch; returns whether it is to lead for the next. */
    private boolean leadsOn(int batches) {
        List<Append> batch = List.of();
        Append.Fate fate = Append.Fate.DURABLE;
        try {
            batch = takeBatch();
            write(batch);
        } catch (LogFullException e) {
            fate = () -> {
                throw new LogFullException(String.valueOf(e.getMessage()), e);
            };
            restoreUnforced(batch);
        } catch (LogRefusedException e) {
            Append.Fate refused = () -> {
                throw new LogRefusedException(String.valueOf(e.getMessage()));
            };
            stop(batch, refused, refused);
            return false;
        } catch (Throwable e) { // even an OutOfMemoryError: else everybody would wait for ever
            stop(
                    batch,
                    failed("whether this record is durable is unknown", e),
                    failed("this record wasn't written", e));
            return false;
        }
        return pass(batch, fate, batches == MAX_BATCHES_OF_A_LEADER);
    }

    private Append.Fate failed(String record, Throwable cause) {
        return () -> {
            throw new LogFailedException(
                    "the log in " + directory + " has stopped, " + record + ": " + cause
                            + ". Open the log again: that finds out what it holds",
                    cause);
        };
    }

    /** All that is pending, in order; if that is very much, then at least as far as the leader's own record. */
    private List<Append> takeBatch() {
        lock.lock();
        try {
            List<Append> rest = new ArrayList<>();
            List<Append> batch = pending;
            long bytes = 0;
            boolean awaited = false;
            for (int i = 0; i < batch.size(); i++) {
                Append append = batch.get(i);
                bytes += append.record.length;
                if (awaited && bytes > MAX_BATCH_BYTES) {
                    rest.addAll(batch.subList(i, batch.size()));
                    batch = new ArrayList<>(batch.subList(0, i));
                    break;
                }
                awaited |= append.isAwaited();
            }
            pending = rest;
            unforcedBytes = unforcedBytes(rest);
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private static long unforcedBytes(List<Append> appends) {
        long bytes = 0;
        for (Append append : appends) {
            bytes += append.isAwaited() ? 0 : append.record.length;
        }
        return bytes;
    }

    private void write(List<Append> batch) throws IOException {
        List<byte[]> records = new ArrayList<>(batch.size());
        for (Append append : batch) {
            if (append.kind != Append.Kind.BARRIER) {
                records.add(append.record);
            }
        }
        if (!records.isEmpty()) {
            sink.write(records);
        }
    }

    /** Nothing of a batch for which there was no space is in the log: what rode with it rides with the next. */
    private void restoreUnforced(List<Append> batch) {
        lock.lock();
        try {
            List<Append> restored = new ArrayList<>(batch);
            restored.removeIf(Append::isAwaited);
            restored.addAll(pending);
            pending = restored;
            unforcedBytes = unforcedBytes(restored);
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether leadership stays here: somebody waits, and it is nobody else's turn yet. */
    private boolean pass(List<Append> batch, Append.Fate fate, boolean isLast) {
        // The next leader comes last: who is woken now may append again in time for its frame. Measured with 8 and 32
        // threads, a third more commits than with the next leader first.
        for (Append append : batch) {
            append.tell(fate);
        }
        lock.lock();
        try {
            Optional<Append> next = firstAwaited();
            led = next.isPresent();
            if (isLast) {
                next.ifPresent(Append::lead);
            }
            return led && !isLast;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Append> firstAwaited() {
        for (Append append : pending) {
            if (append.isAwaited()) {
                return Optional.of(append);
            }
        }
        return Optional.empty();
    }

    private void stop(List<Append> batch, Append.Fate fate, Append.Fate later) {
        List<Append> abandoned;
        lock.lock();
        try {
            stopped = Optional.of(later);
            led = false;
            abandoned = pending;
            pending = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        batch.forEach(append -> append.tell(fate));
        abandoned.forEach(append -> append.tell(later));
    }
}
