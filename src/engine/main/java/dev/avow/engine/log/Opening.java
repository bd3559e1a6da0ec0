package dev.avow.engine.log;

import dev.avow.engine.LogDamagedException;
import dev.avow.engine.LogException;
import dev.avow.engine.LogInUseException;
import dev.avow.engine.LogOptions;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Opens a log in the order that {@link Fence} needs: lock, flag, look, and only then the first segment.
 *
 * <p>A crash at any point leaves a log that opens: the older segments are deleted only when the new one is complete, and
 * until then a new one counts for nothing.
 */
final class Opening implements Closeable {

    private final Incarnations.Slot slot;
    private final Fence fence;
    private final SegmentWriter writer;
    private final Deque<Closeable> held;

    private Opening(Incarnations.Slot slot, Fence fence, SegmentWriter writer, Deque<Closeable> held) {
        this.slot = slot;
        this.fence = fence;
        this.writer = writer;
        this.held = held;
    }

    /** @throws LogException as {@link dev.avow.engine.DecisionLog#open} lists them; then nothing stays open */
    static Opening of(LogDirectory directory, LogOptions options, LogState state, Supplier<List<byte[]>> snapshot) {
        Deque<Closeable> held = new ArrayDeque<>();
        try {
            return open(directory, options, state, snapshot, held);
        } catch (IOException e) {
            closeAfter(e, held);
            throw directory.openingFailed(e);
        } catch (RuntimeException | Error e) {
            closeAfter(e, held);
            throw e;
        }
    }

    private static Opening open(
            LogDirectory directory,
            LogOptions options,
            LogState state,
            Supplier<List<byte[]>> snapshot,
            Deque<Closeable> held)
            throws IOException {
        directory.files().createDirectory(directory.path());
        Optional<Closeable> lock = directory.files().tryLock(directory.path(), LogDirectory.LOCK);
        if (lock.isEmpty()) {
            throw inUse(directory);
        }
        held.push(lock.get());
        Claim claim = Claim.after(highest(directory), directory);
        held.push(claim.file());
        try {
            return claimed(claim, directory, options, state, snapshot, held);
        } catch (IOException | RuntimeException failure) {
            claim.giveUp(directory, failure);
            throw failure;
        }
    }

    private static Opening claimed(
            Claim claim,
            LogDirectory directory,
            LogOptions options,
            LogState state,
            Supplier<List<byte[]>> snapshot,
            Deque<Closeable> held)
            throws IOException {
        int incarnation = claim.name().incarnation();
        Fence fence = Fence.raise(directory, incarnation);
        held.push(fence);
        Incarnations now = fence.peek();
        SegmentReader.Segment newest = Recovery.read(directory, now, incarnation);
        Recovery.replay(newest, state);
        Incarnations.Slot slot = sign(directory, fence, now, newest, incarnation);
        SegmentWriter writer = new SegmentWriter(
                directory, fence, slot.owner(), options.segmentBytes(), snapshot, claim.name(), claim.file());
        held.push(writer);
        writer.begin();
        if (!now.complete()) {
            // From now on a log without a readable segment is damaged, not new.
            fence.sign(slot, Incarnations.COMPLETE_POSITION);
        }
        return new Opening(slot, fence, writer, held);
    }

    /** Only when no later incarnation was seen: a slot written over that one's would name the wrong process. */
    private static Incarnations.Slot sign(
            LogDirectory directory, Fence fence, Incarnations now, SegmentReader.Segment newest, int incarnation)
            throws IOException {
        boolean isNew = now.isNew() && newest.frames().isEmpty();
        long owner = isNew ? directory.files().drawOwner() : newest.owner();
        Incarnations.Slot slot =
                new Incarnations.Slot(directory.kind(), owner, directory.files().processId(), incarnation);
        fence.sign(slot, now.nextPosition());
        return slot;
    }

    private static LogInUseException inUse(LogDirectory directory) throws IOException {
        long pid = Fence.peek(directory).newest().map(Incarnations.Slot::pid).orElse(0L);
        return new LogInUseException(directory.path(), pid);
    }

    /** The highest incarnation so far, in a log that is worth opening. */
    private static int highest(LogDirectory directory) throws IOException {
        Incarnations before = Fence.peek(directory);
        List<SegmentName> segments = directory.segments();
        if (!before.isNew()) {
            requireUndamaged(directory, before);
        } else {
            requireNoHistory(directory, segments);
        }
        int bySegments = segments.isEmpty() ? 0 : segments.get(0).incarnation();
        return Math.max(before.highest(), bySegments);
    }

    /** The slot is forced before the first segment gets any content: without it, no crash leaves content. */
    static void requireNoHistory(LogDirectory directory, List<SegmentName> segments) throws IOException {
        for (SegmentName name : segments) {
            // Whoever creates the log at this moment has written its slot before that content.
            if (holdsContent(directory, name) && Fence.peek(directory).isNew()) {
                throw new LogDamagedException(
                        directory.incarnation(),
                        0,
                        "it is missing or empty, and " + name.fileName() + " beside it holds a log");
            }
        }
    }

    private static boolean holdsContent(LogDirectory directory, SegmentName name) throws IOException {
        try (LogFile file = directory.files().open(directory.segment(name), false)) {
            return file.length() > 0;
        } catch (NoSuchFileException deletedMeanwhile) {
            return false;
        }
    }

    /** Before anything is written: each attempt to open a damaged log would else leave something behind. */
    private static void requireUndamaged(LogDirectory directory, Incarnations before) throws IOException {
        Recovery.read(directory, before, Integer.MAX_VALUE).damage().ifPresent(damage -> {
            throw damage;
        });
    }

    /** The name of an incarnation's first segment, taken by creating it: two openings can't get the same at a time. */
    private record Claim(SegmentName name, LogFile file) {

        /** The first number after this one that nobody has had. (DecisionLog.tla: OpenerClaim) */
        static Claim after(int incarnation, LogDirectory directory) throws IOException {
            int last = incarnation;
            while (true) {
                SegmentName name = new SegmentName(next(last, directory), 0);
                try {
                    Claim claim = new Claim(name, directory.files().create(directory.segment(name)));
                    last = claim.highestAnnounced(directory);
                    if (last < name.incarnation()) {
                        return claim;
                    }
                    claim.file.close();
                    directory.files().delete(directory.segment(name));
                } catch (FileAlreadyExistsException e) {
                    last = name.incarnation();
                }
            }
        }

        /** Whoever has had this number may have deleted its file by that name, but not before its flag was up. */
        private int highestAnnounced(LogDirectory directory) throws IOException {
            try {
                return Fence.peek(directory).announced();
            } catch (IOException | RuntimeException failure) {
                file.close();
                giveUp(directory, failure);
                throw failure;
            }
        }

        /** Nothing is left behind, if nothing of worth is in it: each attempt to open would else add a file. */
        void giveUp(LogDirectory directory, Exception why) {
            try {
                if (!holdsContent(directory, name)) {
                    directory.files().delete(directory.segment(name));
                }
            } catch (IOException e) {
                why.addSuppressed(e); // it is empty, and passed over by recovery
            }
        }

        private static int next(int incarnation, LogDirectory directory) {
            if (incarnation >= Incarnations.MOST) {
                throw new LogDamagedException(
                        directory.incarnation(),
                        Incarnations.FLAGS_POSITION,
                        "it or a segment beside it speaks of incarnation " + incarnation
                                + ", and no log lives so long");
            }
            return incarnation + 1;
        }
    }

    private static void closeAfter(Throwable failure, Deque<Closeable> held) {
        try {
            closeAll(held);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static void closeAll(Deque<Closeable> held) throws IOException {
        if (!held.isEmpty()) {
            Closeable last = held.removeLast();
            try {
                closeAll(held);
            } finally {
                last.close();
            }
        }
    }

    Incarnations.Slot slot() {
        return slot;
    }

    Fence fence() {
        return fence;
    }

    SegmentWriter writer() {
        return writer;
    }

    /** The lock goes last. */
    @Override
    public void close() throws IOException {
        closeAll(held);
    }
}
