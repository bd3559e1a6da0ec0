package dev.avow.engine.log;

import dev.avow.engine.LogCheck;
import dev.avow.engine.LogCheck.FileCheck;
import dev.avow.engine.LogDamagedException;
import dev.avow.engine.LogException;
import dev.avow.engine.LogUnusableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads every file of a log, also those that no opening would read any more. */
public final class Checking {
    /** A file that is being written to can look damaged for a moment. */
    private static final int MAX_ATTEMPTS = 5;

    private final LogDirectory directory;
    private final Supplier<LogState> states;

    private Checking(LogDirectory directory, Supplier<LogState> states) {
        this.directory = directory;
        this.states = states;
    }

    /**
     * See {@link LogCheck#of}.
     *
     * @param participants makes an empty state that reads a participant's records
     */
    public static LogCheck check(Path path, Supplier<LogState> participants) {
        LogKind kind = LogKind.in(path).orElse(LogKind.DECISIONS);
        Supplier<LogState> states =
                kind == LogKind.PARTICIPANT ? participants : () -> new DecisionState(Integer.MAX_VALUE);
        return new Checking(new LogDirectory(path, kind, DiskFiles.DISK), states).check();
    }

    private LogCheck check() {
        try {
            List<SegmentName> segments = directory.segments();
            Optional<Incarnations> numbers;
            FileCheck file;
            try {
                Incarnations read = Fence.peek(directory);
                if (read.isNew()) {
                    Opening.requireNoHistory(directory, segments);
                    throw nothing();
                }
                numbers = Optional.of(read);
                file = numbers(read, Optional.empty());
            } catch (LogDamagedException damage) {
                numbers = Optional.empty();
                file = numbers(
                        Incarnations.read(
                                new byte[Incarnations.FLAGS_POSITION], 0, directory.incarnation(), directory.kind()),
                        Optional.of(damage));
            }
            return withSegments(numbers, file);
        } catch (NoSuchFileException e) {
            throw nothing();
        } catch (IOException e) {
            throw directory.openingFailed(e);
        }
    }

    private LogUnusableException nothing() {
        return new LogUnusableException("there is no log in " + directory.path() + ": check the path");
    }

    private LogCheck withSegments(Optional<Incarnations> numbers, FileCheck file) throws IOException {
        List<FileCheck> segments = segments(numbers);
        // All that were listed may have been deleted by a turnover since.
        for (int attempt = 1; !holdsLog(segments) && attempt < MAX_ATTEMPTS; attempt++) {
            segments = segments(numbers);
        }
        FileCheck first = file;
        if (!holdsLog(segments)
                && file.damage().isEmpty()
                && numbers.filter(Incarnations::complete).isPresent()) {
            first = numbers(
                    numbers.get(),
                    Optional.of(new LogDamagedException(
                            directory.incarnation(),
                            Incarnations.COMPLETE_POSITION,
                            "it says that this log was once complete, and no segment beside it can be read")));
        }
        List<FileCheck> files = new ArrayList<>(List.of(first));
        files.addAll(segments);
        Optional<Incarnations.Slot> newest = numbers.flatMap(Incarnations::newest);
        return new LogCheck(
                directory.kind().toString(),
                newest.map(Incarnations.Slot::incarnation).orElse(0),
                newest.map(Incarnations.Slot::pid).orElse(0L),
                files);
    }

    private List<FileCheck> segments(Optional<Incarnations> numbers) throws IOException {
        List<FileCheck> segments = new ArrayList<>();
        long owner = numbers.map(Incarnations::owner).orElse(0L);
        for (SegmentName name : directory.segments()) {
            stillThere(name, owner, !holdsLog(segments)).ifPresent(segments::add);
        }
        return segments;
    }

    private static boolean holdsLog(List<FileCheck> segments) {
        return segments.stream().anyMatch(FileCheck::counts);
    }

    private FileCheck numbers(Incarnations read, Optional<LogDamagedException> damage) throws IOException {
        byte[] slots = new byte[Incarnations.FLAGS_POSITION];
        long bytes = 0;
        Optional<Long> torn = Optional.empty();
        try (LogFile file = directory.files().open(directory.incarnation(), false)) {
            bytes = file.length();
            file.read(0, slots);
        } catch (NoSuchFileException e) {
            bytes = 0;
        }
        long whole = 0;
        for (int position = 0;
                position <= Incarnations.COMPLETE_POSITION;
                position += Incarnations.SLOT_DISTANCE_BYTES) {
            if (Incarnations.slot(slots, position).isPresent()) {
                whole++;
            } else if (!Incarnations.isBlank(slots, position)) {
                torn = Optional.of((long) position); // the other of the first two holds: see Incarnations
            }
        }
        Optional<LogDamagedException> wrong = damage.or(() -> disagreement(read));
        return new FileCheck(
                LogDirectory.INCARNATION,
                bytes,
                0,
                whole,
                true,
                wrong.map(LogDamagedException::fault),
                wrong.map(LogDamagedException::offset),
                torn);
    }

    /** The flag is raised before the slot is written, and never falls. */
    private Optional<LogDamagedException> disagreement(Incarnations read) {
        return read.newest()
                .filter(slot -> slot.incarnation() > read.announced())
                .map(slot -> new LogDamagedException(
                        directory.incarnation(),
                        Incarnations.FLAGS_POSITION + (long) read.announced(),
                        "it announces " + read.announced() + " incarnations and is signed by number "
                                + slot.incarnation()));
    }

    /** Empty if a turnover has taken it away since it was listed. */
    private Optional<FileCheck> stillThere(SegmentName name, long owner, boolean mayCount) throws IOException {
        try {
            return Optional.of(segment(name, owner, mayCount));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    private FileCheck segment(SegmentName name, long owner, boolean mayCount) throws IOException {
        for (int attempt = 1; ; attempt++) {
            FileCheck check = look(name, owner, mayCount);
            if (check.damage().isEmpty() || attempt == MAX_ATTEMPTS) {
                return check;
            }
        }
    }

    private FileCheck look(SegmentName name, long owner, boolean mayCount) throws IOException {
        byte[] bytes = Recovery.content(directory, name);
        SegmentReader.Segment segment = SegmentReader.read(directory, owner, name, bytes);
        Optional<LogException> damage = segment.damage();
        LogReading.requireUsable(damage);
        try {
            Recovery.apply(segment, states.get());
        } catch (LogDamagedException meaning) {
            damage = Optional.of(meaning);
        }
        long end = end(segment, bytes);
        boolean torn = damage.isEmpty() && holdsMore(bytes, (int) end);
        return new FileCheck(
                name.fileName(),
                bytes.length,
                segment.frames().size(),
                segment.frames().stream()
                        .mapToLong(frame -> frame.records().size())
                        .sum(),
                mayCount && (!segment.frames().isEmpty() || damage.isPresent()),
                damage.map(Checking::fault),
                damage.map(wrong -> wrong instanceof LogDamagedException known ? known.offset() : 0L),
                torn ? Optional.of(end) : Optional.empty());
    }

    private static String fault(LogException wrong) {
        return wrong instanceof LogDamagedException known ? known.fault() : String.valueOf(wrong.getMessage());
    }

    /** Where the last whole frame ends. */
    private static long end(SegmentReader.Segment segment, byte[] bytes) {
        if (segment.frames().isEmpty()) {
            return 0;
        }
        Frame last = segment.frames().get(segment.frames().size() - 1);
        return last.offset()
                + FrameCodec.frameBytes(FrameCodec.header(bytes, last.offset()).payloadBytes());
    }

    private static boolean holdsMore(byte[] bytes, int from) {
        ByteBuffer rest = ByteBuffer.wrap(bytes, from, bytes.length - from);
        while (rest.hasRemaining()) {
            if (rest.get() != 0) {
                return true;
            }
        }
        return false;
    }
}
