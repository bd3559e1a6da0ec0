package dev.avow.engine.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Whose log it is: stands in every file, so that one kind is never opened as another. */
public enum LogKind {
    DECISIONS("AVWD", "a coordinator's decision log"),
    PARTICIPANT("AVWP", "a participant's log");

    private final int magic;
    private final String description;

    LogKind(String magic, String description) {
        byte[] ascii = magic.getBytes(StandardCharsets.US_ASCII);
        this.magic = ascii[0] << 24 | ascii[1] << 16 | ascii[2] << 8 | ascii[3];
        this.description = description;
    }

    int magic() {
        return magic;
    }

    static boolean known(int magic) {
        for (LogKind kind : values()) {
            if (kind.magic == magic) {
                return true;
            }
        }
        return false;
    }

    /** Which kind of log is in this directory; empty if none that can be told. */
    public static Optional<LogKind> in(Path directory) {
        byte[] file = new byte[Incarnations.FLAGS_POSITION];
        try (LogFile numbers = DiskFiles.DISK.open(directory.resolve(LogDirectory.INCARNATION), false)) {
            numbers.read(0, file);
        } catch (IOException unreadable) {
            return Optional.empty(); // whoever opens it as one of the two is told why
        }
        return Stream.of(0, Incarnations.SLOT_DISTANCE_BYTES, Incarnations.COMPLETE_POSITION)
                .flatMap(position -> Incarnations.slot(file, position).stream())
                .flatMap(slot -> Stream.of(values()).filter(kind -> kind.magic == slot.magic()))
                .findFirst();
    }

    @Override
    public String toString() {
        return description;
    }
}
