package dev.avow.engine.log;

import dev.avow.engine.LogFullException;
import dev.avow.engine.LogOptions;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes frames into preallocated segments. A segment begins with a snapshot of all that still matters, so the next one
 * makes the last superfluous: what the log takes on disk follows the unfinished work, and a stuck transaction pins no
 * old file. Only the leader of the group commit calls it, one at a time.
 */
final class SegmentWriter implements Closeable {

    static final int MAX_FILE_BYTES = LogOptions.MAX_SEGMENT_BYTES;

    private static final Logger LOGGER = LoggerFactory.getLogger(SegmentWriter.class);
    private static final int PAGE_BYTES = 4_096;
    private static final int CHUNK_BYTES = 1 << 20;

    private final LogDirectory directory;
    private final Fence fence;
    private final long owner;
    private final int segmentBytes;
    private final Supplier<List<byte[]>> snapshot;

    // The segment being written, and where its next frame goes. Guarded by the leader's exclusivity.
    private SegmentName name;
    private LogFile file;
    private int fileBytes;
    private byte[] header;
    private int offset;
    private long nextFrame;

    /** Nothing is written before {@link #begin}. */
    SegmentWriter(
            LogDirectory directory,
            Fence fence,
            long owner,
            int segmentBytes,
            Supplier<List<byte[]>> snapshot,
            SegmentName name,
            LogFile file) {
        this.directory = directory;
        this.fence = fence;
        this.owner = owner;
        this.segmentBytes = segmentBytes;
        this.snapshot = snapshot;
        this.name = name;
        this.file = file;
        this.header = new byte[0];
    }

    /** Fills the incarnation's first segment; on return the older ones are superseded. */
    void begin() throws IOException {
        List<byte[]> records = snapshot.get();
        start(name, file, preallocate(name, file, records, 0), records);
    }

    /**
     * Makes these records durable, together.
     *
     * @throws LogFullException if there is no space for the next segment: nothing was written
     */
    void append(List<byte[]> records) throws IOException {
        long frameBytes = FrameCodec.frameBytes(FrameCodec.payloadBytes(records));
        if (frameBytes > fileBytes - offset) {
            turnOver(frameBytes);
        }
        writeFrame(0, records);
        file.force();
    }

    private void turnOver(long frameBytes) throws IOException {
        List<byte[]> records = snapshot.get();
        SegmentName next = name.next();
        LogFile nextFile = create(next);
        int bytes = preallocate(next, nextFile, records, frameBytes);
        LogFile previous = file;
        try {
            start(next, nextFile, bytes, records);
        } finally {
            closeQuietly(previous);
        }
    }

    private LogFile create(SegmentName next) throws IOException {
        try {
            return directory.files().create(directory.segment(next));
        } catch (IOException e) {
            requireNotFull(e);
            throw e;
        }
    }

    /** Zeros, forced: a later force then has no blocks to allocate, and what wasn't written reads as zero. */
    private int preallocate(SegmentName target, LogFile targetFile, List<byte[]> records, long frameBytes)
            throws IOException {
        try {
            int bytes = bytesFor(records, frameBytes);
            byte[] zeros = new byte[Math.min(CHUNK_BYTES, bytes)];
            for (int at = 0; at < bytes; at += zeros.length) {
                targetFile.write(at, zeros, Math.min(zeros.length, bytes - at));
            }
            targetFile.force();
            return bytes;
        } catch (IOException e) {
            discard(target, targetFile);
            // Nothing of a record was in it, so even a failed force leaves nothing in doubt.
            requireNotFull(e);
            throw e;
        } catch (LogFullException e) {
            discard(target, targetFile);
            throw e;
        }
    }

    /** Room for the snapshot, the frame that is waiting, and as much again before the next turnover. */
    private int bytesFor(List<byte[]> records, long frameBytes) {
        long snapshotBytes = FrameCodec.frameBytes(FrameCodec.payloadBytes(records));
        long needed = Math.max(segmentBytes, SegmentHeader.PADDED_BYTES + 2 * snapshotBytes + frameBytes);
        long bytes = (needed + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
        if (bytes > MAX_FILE_BYTES) {
            throw new LogFullException("the log in " + directory.path() + " would need a segment of " + bytes
                    + " bytes for its unfinished work, and the most is " + MAX_FILE_BYTES
                    + ": find out why transactions don't finish");
        }
        return (int) bytes;
    }

    private void requireNotFull(IOException failure) {
        if (directory.isFull(failure, segmentBytes)) {
            throw new LogFullException(
                    "no space for the next segment (" + segmentBytes + " bytes or more) of the log in "
                            + directory.path() + ": free some; the log goes on by itself then",
                    failure);
        }
    }

    /** What it leaves behind holds only zeros and is passed over by recovery, so failing here is no failure. */
    private void discard(SegmentName unused, LogFile unusedFile) {
        closeQuietly(unusedFile);
        try {
            directory.files().delete(directory.segment(unused));
        } catch (IOException e) {
            name = unused; // the next attempt takes the number after it
        }
    }

    private void start(SegmentName newName, LogFile newFile, int newFileBytes, List<byte[]> records)
            throws IOException {
        name = newName;
        file = newFile;
        fileBytes = newFileBytes;
        header = SegmentHeader.encode(directory.kind(), owner, newName, newFileBytes);
        offset = SegmentHeader.PADDED_BYTES;
        nextFrame = 0;
        newFile.write(0, header, header.length);
        writeFrame(FrameCodec.FLAG_SNAPSHOT, records);
        newFile.force();
        directory.files().forceDirectory(directory.path());
        // Before anything is deleted: what a newcomer is about to read must stay. (Fenced)
        fence.requireNewest();
        deleteOlder();
    }

    private void writeFrame(int flags, List<byte[]> records) throws IOException {
        byte[] frame = FrameCodec.encode(header, offset, nextFrame, flags, records);
        file.write(offset, frame, frame.length);
        offset += frame.length;
        nextFrame++;
    }

    private void deleteOlder() {
        try {
            directory.deleteOlderThan(name);
        } catch (IOException e) {
            LOGGER.warn("Old segments in {} couldn't be deleted; the next turnover tries again", directory.path(), e);
        }
    }

    private static void closeQuietly(LogFile done) {
        try {
            done.close();
        } catch (IOException e) {
            LOGGER.debug("A file that was no longer needed didn't close cleanly", e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
