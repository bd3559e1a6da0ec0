package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.commit;
import static dev.avow.engine.log.Samples.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogDamagedException;
import dev.avow.engine.LogOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zeros are a tear only where nothing follows: one frame is forced before the next begins. */
final class LaterFrameTest {

    private static final LogOptions LARGE = Samples.SMALL.withSegmentBytes(64 << 10);

    @TempDir
    Path directory;

    private Path segment(int incarnation) {
        return directory.resolve("000000000" + incarnation + "-000000.avow");
    }

    private static void zero(Path file, int from, int to) throws IOException {
        byte[] content = Files.readAllBytes(file);
        Arrays.fill(content, from, to, (byte) 0);
        Files.write(file, content);
    }

    @Test
    void a_zeroed_sector_of_a_frame_before_another_is_damage() throws IOException {
        try (DecisionLog log = DecisionLog.open(directory, LARGE)) {
            log.appendCommit(new CommitRecord(id(1), "x".repeat(3_000), List.of("orders")));
            log.appendCommit(commit(2));
        }
        zero(segment(1), SegmentHeader.PADDED_BYTES + 1_024, SegmentHeader.PADDED_BYTES + 1_536);
        assertThrows(LogDamagedException.class, () -> DecisionLog.open(directory, LARGE));
    }

    @Test
    void a_zeroed_header_before_frames_never_gives_way_to_an_older_segment() throws IOException {
        DecisionLog.open(directory, LARGE).close();
        byte[] older = Files.readAllBytes(segment(1));
        try (DecisionLog log = DecisionLog.open(directory, LARGE)) {
            log.appendCommit(commit(1));
        }
        Files.write(segment(1), older);
        zero(segment(2), 0, SegmentHeader.BYTES);
        LogDamagedException damaged = assertThrows(LogDamagedException.class, () -> DecisionLog.open(directory, LARGE));
        assertEquals(segment(2), damaged.file());
    }
}
