package dev.avow.engine.log;

import dev.avow.engine.LogDamagedException;
import dev.avow.engine.LogException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds the segment that counts: the newest whose first write, the snapshot, is whole. */
final class Recovery {

    private static final int MAX_ATTEMPTS = 5;

    /** Frames beside damage are what could be read before it. */
    static SegmentReader.Segment read(LogDirectory directory, Incarnations numbers, int incarnation)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                SegmentReader.Segment segment = readNewest(directory, numbers, incarnation);
                if (segment.damage().isEmpty() || attempt == MAX_ATTEMPTS) {
                    return segment;
                }
            } catch (NoSuchFileException e) {
                if (attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            }
            // If someone is writing there at this moment, a turnover can take away the file that was just listed, and
            // a header be seen half. Another look shows one or the other whole.
        }
    }

    private static SegmentReader.Segment readNewest(LogDirectory directory, Incarnations numbers, int incarnation)
            throws IOException {
        for (SegmentName name : directory.segments()) {
            if (name.incarnation() > incarnation) {
                throw Fence.refused(directory, incarnation, String.valueOf(name.incarnation()));
            }
            byte[] content = content(directory, name);
            SegmentReader.Segment segment = SegmentReader.read(directory, owner(numbers, content), name, content);
            if (!segment.frames().isEmpty() || segment.damage().isPresent()) {
                return segment;
            }
        }
        LogException lost = new LogDamagedException(
                directory.incarnation(),
                Incarnations.COMPLETE_POSITION,
                "it says that this log was once complete, and no segment beside it can be read");
        return new SegmentReader.Segment(
                directory.incarnation(),
                numbers.owner(),
                List.of(),
                numbers.complete() ? Optional.of(lost) : Optional.empty());
    }

    /**
     * While no opening has come to its end, several may be creating the log at once, and a slot be written over by one
     * that withdraws then: the segment itself says whose it is.
     */
    private static long owner(Incarnations numbers, byte[] content) {
        byte[] header = Arrays.copyOf(content, SegmentHeader.BYTES);
        return !numbers.complete() && SegmentHeader.checksumHolds(header)
                ? SegmentHeader.owner(header)
                : numbers.owner();
    }

    static byte[] content(LogDirectory directory, SegmentName name) throws IOException {
        try (LogFile file = directory.files().open(directory.segment(name), false)) {
            if (file.length() > SegmentWriter.MAX_FILE_BYTES) {
                throw new LogDamagedException(
                        directory.segment(name), SegmentWriter.MAX_FILE_BYTES, "it is longer than any segment");
            }
            byte[] content = new byte[(int) file.length()];
            file.read(0, content);
            return content;
        }
    }

    /** @throws LogException if there was damage, or the state can't read a record */
    static void replay(SegmentReader.Segment segment, LogState state) {
        segment.damage().ifPresent(damage -> {
            throw damage;
        });
        apply(segment, state);
    }

    /** @throws LogDamagedException if the state can't read a record */
    static void apply(SegmentReader.Segment segment, LogState state) {
        for (Frame frame : segment.frames()) {
            for (ByteBuffer record : frame.records()) {
                try {
                    state.apply(record);
                } catch (IllegalArgumentException e) {
                    throw new LogDamagedException(segment.file(), frame.offset(), String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private Recovery() {}
}
