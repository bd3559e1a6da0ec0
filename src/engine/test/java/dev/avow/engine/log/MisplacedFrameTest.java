package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.assertSays;
import static dev.avow.engine.log.Samples.commit;
import static dev.avow.engine.log.Samples.heuristic;
import static dev.avow.engine.log.Samples.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogDamagedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole frames, each with a good checksum, at the wrong place: doubled, swapped, left out, or all of a segment under
 * another's name. Only a tail that is missing altogether looks like one that was never written.
 */
final class MisplacedFrameTest {

    @TempDir
    Path directory;

    private Path segment;
    private byte[] sample;
    private long owner;
    private final List<byte[]> frames = new ArrayList<>();

    @BeforeEach
    void write_the_sample() throws IOException {
        try (DecisionLog log = Samples.open(directory)) {
            for (long sequence = 1; sequence <= 6; sequence++) {
                log.appendCommit(commit(sequence));
            }
            log.appendHeuristic(heuristic(5));
            log.appendEnd(id(2));
            log.settleHeuristic(id(5), "payments");
            log.appendCommit(commit(7));
        }
        segment = directory.resolve("0000000001-000000.avow");
        owner = Fence.peek(files()).owner();
        sample = Files.readAllBytes(segment);
        cutIntoFrames();
        assertTrue(frames.size() >= 9, frames.size() + " frames");
    }

    private void cutIntoFrames() {
        int from = SegmentHeader.PADDED_BYTES;
        for (int at = from + FrameCodec.ALIGNMENT; at < sample.length; at += FrameCodec.ALIGNMENT) {
            boolean begins = Arrays.equals(sample, at, at + 4, "AVFR".getBytes(StandardCharsets.US_ASCII), 0, 4);
            if (begins || at + FrameCodec.ALIGNMENT >= sample.length) {
                frames.add(Arrays.copyOfRange(sample, from, at));
                from = at;
            }
        }
    }

    private LogDirectory files() {
        return new LogDirectory(directory, LogKind.DECISIONS, DiskFiles.DISK);
    }

    private byte[] segmentOf(List<byte[]> order) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(sample, 0, SegmentHeader.PADDED_BYTES);
        order.forEach(frame -> bytes.write(frame, 0, frame.length));
        return Arrays.copyOf(bytes.toByteArray(), sample.length);
    }

    private String recovered(byte[] bytes) {
        DecisionState state = new DecisionState(100);
        Recovery.replay(SegmentReader.read(files(), owner, new SegmentName(1, 0), bytes), state);
        return state.unfinished() + " " + state.remembered() + " " + state.heuristics();
    }

    private void assertRefused(List<byte[]> order, String what) {
        byte[] bytes = segmentOf(order);
        if (!Arrays.equals(bytes, sample)) {
            assertThrows(LogDamagedException.class, () -> recovered(bytes), what);
        }
    }

    @Test
    void the_frames_in_their_order_are_the_sample() {
        assertEquals(recovered(sample), recovered(segmentOf(frames)));
    }

    @Test
    void a_doubled_frame_is_refused_wherever_it_stands() {
        for (int doubled = 0; doubled < frames.size() - 1; doubled++) {
            for (int at = 0; at < frames.size(); at++) {
                List<byte[]> order = new ArrayList<>(frames);
                order.add(at, frames.get(doubled));
                assertRefused(order, "frame " + doubled + " again at " + at);
            }
        }
    }

    @Test
    void two_swapped_frames_are_refused() {
        for (int one = 0; one < frames.size() - 1; one++) {
            for (int other = one + 1; other < frames.size() - 1; other++) {
                List<byte[]> order = new ArrayList<>(frames);
                Collections.swap(order, one, other);
                assertRefused(order, "frames " + one + " and " + other + " swapped");
            }
        }
    }

    @Test
    void a_frame_left_out_before_others_is_refused() {
        for (int missing = 0; missing < frames.size() - 2; missing++) {
            List<byte[]> order = new ArrayList<>(frames);
            order.remove(missing);
            assertRefused(order, "frame " + missing + " left out");
        }
    }

    @Test
    void a_segment_under_the_name_of_a_later_one_is_refused() throws IOException {
        Files.copy(segment, directory.resolve("0000000001-000001.avow"));
        assertSays(
                assertThrows(LogDamagedException.class, () -> Samples.open(directory)),
                "0000000001-000001.avow",
                "another place");
    }

    @Test
    void a_segment_of_another_log_is_refused() throws IOException {
        Path other = directory.resolve("other");
        try (DecisionLog log = Samples.open(other)) {
            log.appendCommit(commit(1));
        }
        Files.copy(other.resolve("0000000001-000000.avow"), directory.resolve("0000000001-000001.avow"));
        assertSays(assertThrows(LogDamagedException.class, () -> Samples.open(directory)), "another log");
    }
}
