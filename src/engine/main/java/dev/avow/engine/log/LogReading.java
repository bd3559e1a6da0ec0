package dev.avow.engine.log;

import dev.avow.engine.LogDamagedException;
import dev.avow.engine.LogException;
import dev.avow.engine.LogUnusableException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One look at a log, without its lock and without changing a byte. Immutable.
 *
 * @param owner 48 random bits
 * @param incarnation the last that opened it
 * @param process the process that did
 * @param bytes what its files hold together
 * @param files their names
 * @param damage what is wrong and where; the state then holds what was read before it
 */
public record LogReading(
        long owner, int incarnation, long process, long bytes, List<String> files, Optional<String> damage) {

    /** Reads what is there into this state. */
    public static LogReading of(Path path, LogKind kind, LogState state) {
        return of(new LogDirectory(path, kind, DiskFiles.DISK), state);
    }

    static LogReading of(LogDirectory directory, LogState state) {
        try {
            Incarnations numbers = Fence.peek(directory);
            if (numbers.isNew()) {
                Opening.requireNoHistory(directory, directory.segments());
                throw new LogUnusableException("there is no log in " + directory.path() + ": check the path");
            }
            SegmentReader.Segment segment = Recovery.read(directory, numbers, Integer.MAX_VALUE);
            requireUsable(segment.damage());
            Optional<String> damage = segment.damage().map(LogReading::fault);
            try {
                Recovery.apply(segment, state);
            } catch (LogException e) {
                damage = Optional.of(fault(e));
            }
            List<String> files = directory.logFiles();
            return new LogReading(
                    segment.owner(),
                    numbers.newest().map(Incarnations.Slot::incarnation).orElse(0),
                    numbers.newest().map(Incarnations.Slot::pid).orElse(0L),
                    directory.bytes(files),
                    files,
                    damage);
        } catch (NoSuchFileException e) {
            throw new LogUnusableException("there is no log in " + directory.path() + ": check the path", e);
        } catch (IOException e) {
            throw directory.openingFailed(e);
        }
    }

    /** What another program or a newer version wrote isn't damaged: this one can't tell what it says. */
    static void requireUsable(Optional<LogException> damage) {
        if (damage.isPresent() && damage.get() instanceof LogUnusableException unusable) {
            throw unusable;
        }
    }

    private static String fault(LogException damage) {
        return damage instanceof LogDamagedException damaged ? damaged.fault() : String.valueOf(damage.getMessage());
    }
}
