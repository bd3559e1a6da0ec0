package dev.avow.engine.log;

import dev.avow.engine.LogDamagedException;
import dev.avow.engine.LogException;
import dev.avow.engine.LogUnusableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads one segment and tells its end, a write torn by a crash, and damage from each other. The facts that decide are
 * told at {@link FrameCodec}. Each verdict in doubt falls on damage: to refuse a good log costs an hour, to drop a
 * decision costs money.
 */
final class SegmentReader {

    /**
     * @param file where this stands
     * @param owner whose it is
     * @param frames what can be read, the snapshot first; empty if the segment's first write was torn, so that nothing
     *     was ever acknowledged from it
     * @param damage what is wrong behind them, if anything is
     */
    record Segment(Path file, long owner, List<Frame> frames, Optional<LogException> damage) {}

    private final Path file;
    private final long owner;
    private final byte[] bytes;
    private final byte[] header;
    private final LogKind kind;

    private SegmentReader(Path file, long owner, byte[] bytes, byte[] header, LogKind kind) {
        this.file = file;
        this.owner = owner;
        this.bytes = bytes;
        this.header = header;
        this.kind = kind;
    }

    static Segment read(LogDirectory directory, long owner, SegmentName name, byte[] bytes) {
        byte[] header = SegmentHeader.encode(directory.kind(), owner, name, bytes.length);
        return new SegmentReader(directory.segment(name), owner, bytes, header, directory.kind()).read();
    }

    private Segment read() {
        List<Frame> frames = new ArrayList<>();
        try {
            if (headerStands()) {
                int offset = SegmentHeader.PADDED_BYTES;
                Optional<Frame> frame = next(offset, 0);
                while (frame.isPresent()) {
                    frames.add(frame.get());
                    offset += (int) FrameCodec.frameBytes(
                            FrameCodec.header(bytes, offset).payloadBytes());
                    frame = next(offset, frames.size());
                }
            }
            return new Segment(file, owner, frames, Optional.empty());
        } catch (LogDamagedException | LogUnusableException e) {
            return new Segment(file, owner, frames, Optional.of(e));
        }
    }

    /** False if it was torn, which makes the first frame worthless too: both are one write, forced together. */
    private boolean headerStands() {
        byte[] found = Arrays.copyOf(bytes, SegmentHeader.BYTES);
        if (bytes.length > SegmentHeader.PADDED_BYTES && Arrays.equals(found, header)) {
            return true;
        }
        boolean torn = isZero(0, SegmentHeader.BYTES)
                ? !laterHeader(SegmentHeader.PADDED_BYTES + FrameCodec.ALIGNMENT)
                : isZero(SegmentHeader.BYTES, bytes.length);
        if (torn) {
            return false;
        }
        if (SegmentHeader.checksumHolds(found)) {
            explainOtherHeader(found);
        }
        throw new LogDamagedException(file, 0, "its header isn't this log's and no crash can have left it");
    }

    private void explainOtherHeader(byte[] found) {
        int magic = SegmentHeader.magic(found);
        if (magic != kind.magic()) {
            throw new LogUnusableException(file + " doesn't belong to " + kind + ": give each log its own directory");
        }
        if (SegmentHeader.version(found) > SegmentHeader.FORMAT_VERSION) {
            throw newer(SegmentHeader.version(found), SegmentHeader.FORMAT_VERSION);
        }
        if (SegmentHeader.fileBytes(found) != bytes.length) {
            throw new LogDamagedException(
                    file,
                    Math.min(bytes.length, SegmentHeader.fileBytes(found)),
                    "it was made " + SegmentHeader.fileBytes(found) + " bytes long and has " + bytes.length);
        }
        throw new LogDamagedException(file, 0, "it belongs to another log or another place in this one");
    }

    private LogUnusableException newer(int found, int known) {
        return new LogUnusableException(file + " is of format " + found + " and this version of Avow reads up to "
                + known + ": open it with the newer version that wrote it");
    }

    /** Empty at the end of the log, be it clean or torn. */
    private Optional<Frame> next(int offset, long number) {
        if (offset + FrameCodec.HEADER_BYTES > bytes.length) {
            return Optional.empty();
        }
        if (!FrameCodec.isHeader(header, bytes, offset)) {
            requireTornHeader(offset);
            return Optional.empty();
        }
        FrameCodec.Header frame = FrameCodec.header(bytes, offset);
        if (frame.version() > FrameCodec.FORMAT_VERSION) {
            throw newer(frame.version(), FrameCodec.FORMAT_VERSION);
        }
        if (frame.number() != number) {
            throw new LogDamagedException(
                    file, offset, "frame " + frame.number() + " stands where " + number + " belongs");
        }
        if (frame.payloadBytes() < 0 || FrameCodec.frameBytes(frame.payloadBytes()) > bytes.length - offset) {
            throw new LogDamagedException(
                    file, offset, "a frame of " + frame.payloadBytes() + " bytes reaches beyond the file");
        }
        if (!FrameCodec.payloadHolds(frame, bytes, offset)) {
            if (FrameCodec.isTorn(frame, bytes, offset) && !laterHeader(offset + FrameCodec.ALIGNMENT)) {
                return Optional.empty();
            }
            throw new LogDamagedException(file, offset, "the checksum of frame " + number + " doesn't hold");
        }
        Optional<Frame> whole = Frame.of(bytes, offset, frame.payloadBytes());
        if (whole.isEmpty()) {
            throw new LogDamagedException(file, offset, "the records of frame " + number + " don't fit into it");
        }
        return whole;
    }

    private void requireTornHeader(int offset) {
        int behind = offset + FrameCodec.HEADER_BYTES;
        // A header lies in one sector, so it is there or zero. One that is broken can still be the edge of a tear where
        // storage tears within sectors; then the padding of its frame, never zero, isn't there either.
        boolean torn = isZero(offset, behind) ? !laterHeader(behind) : isZero(behind, bytes.length);
        if (!torn) {
            throw new LogDamagedException(
                    file, offset, "no frame stands there, and what follows shows that one was written");
        }
    }

    /** Proves that whatever stands before it was durable: the writer forces one frame before it begins the next. */
    private boolean laterHeader(int from) {
        for (int offset = from; offset + FrameCodec.HEADER_BYTES <= bytes.length; offset += FrameCodec.ALIGNMENT) {
            if (FrameCodec.isHeader(header, bytes, offset)) {
                return true;
            }
        }
        return false;
    }

    private boolean isZero(int from, int to) {
        for (int i = from; i < Math.min(to, bytes.length); i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
