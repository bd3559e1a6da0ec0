package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.commit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogDamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an opening that failed leaves behind, and what it says. */
final class RefusedOpeningTest {

    @TempDir
    Path directory;

    /** Each file with what it holds. */
    private Map<Path, String> content() throws IOException {
        Map<Path, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                content.put(file, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return content;
    }

    @Test
    void a_damaged_log_stays_as_it_is_however_often_someone_tries_to_open_it() throws IOException {
        try (DecisionLog log = Samples.open(directory)) {
            log.appendCommit(commit(1));
        }
        Path segment = directory.resolve("0000000001-000000.avow");
        byte[] damaged = Files.readAllBytes(segment);
        damaged[SegmentHeader.PADDED_BYTES + 100] ^= 1;
        Files.write(segment, damaged);
        Map<Path, String> before = content();
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThrows(LogDamagedException.class, () -> Samples.open(directory));
        }
        assertEquals(before, content());
    }

    private static LogState replaying(Throwable failure) {
        return new LogState() {
            @Override
            public void apply(ByteBuffer record) {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw new IllegalArgumentException(failure);
            }

            @Override
            public void snapshot(Consumer<byte[]> sink) {}
        };
    }

    private RecordLog open(LogState state) {
        return RecordLog.open(directory, LogKind.PARTICIPANT, Samples.SMALL, state);
    }

    @Test
    void records_that_cannot_be_read_leave_no_segment_behind() throws IOException {
        try (RecordLog log = open(new RecordingState())) {
            log.append(new byte[] {1});
        }
        int before = content().size();
        LogState unreadable = replaying(new IOException("no such kind of record"));
        assertThrows(LogDamagedException.class, () -> open(unreadable));
        assertThrows(LogDamagedException.class, () -> open(unreadable));
        assertEquals(before, content().size());
        open(new RecordingState()).close();
    }

    @Test
    void an_error_in_an_opening_lets_go_of_the_directory() {
        try (RecordLog log = open(new RecordingState())) {
            log.append(new byte[] {1});
        }
        OutOfMemoryError none = new OutOfMemoryError("for the replay");
        assertSame(none, assertThrows(OutOfMemoryError.class, () -> open(replaying(none))));
        open(new RecordingState()).close();
    }
}
