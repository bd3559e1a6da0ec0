package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.assertSays;
import static dev.avow.engine.log.Samples.commit;
import static dev.avow.engine.log.Samples.id;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogDamagedException;
import dev.avow.engine.LogOptions;
import dev.avow.engine.LogUnusableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a crash can leave is cut, what it can't is refused. The sample is one incarnation's log: a snapshot, a commit,
 * and a last frame of three records that spans four sectors.
 */
final class DamageTest {

    private static final CommitRecord LAST = new CommitRecord(id(2), "x".repeat(1_300), List.of("orders"));

    private static final LogOptions LARGE = Samples.SMALL.withSegmentBytes(1 << 16);

    @TempDir
    Path directory;

    private Path segment;
    private byte[] sample;
    private long owner;
    private int lastFrame;
    private int end;

    @BeforeEach
    void write_the_sample() throws IOException {
        try (DecisionLog log = Samples.open(directory)) {
            log.appendCommit(commit(1));
            log.appendAborted(id(8), "O8");
            log.appendEnd(id(1));
            log.appendCommit(LAST);
        }
        segment = directory.resolve("0000000001-000000.avow");
        owner = Fence.peek(files()).newest().orElseThrow().owner();
        sample = Files.readAllBytes(segment);
        end = sample.length;
        while (sample[end - 1] == 0) {
            end--;
        }
        List<Integer> frames = new ArrayList<>();
        for (int at = SegmentHeader.PADDED_BYTES; at < end; at += 32) {
            if (Arrays.equals(sample, at, at + 4, "AVFR".getBytes(StandardCharsets.US_ASCII), 0, 4)) {
                frames.add(at);
            }
        }
        assertEquals(3, frames.size());
        lastFrame = frames.get(2);
        assertTrue(end - lastFrame > 2 * 512, "the last frame should span sectors");
    }

    /** What recovery makes of a segment of these bytes. Without a file: there are tens of thousands of them. */
    private DecisionState recovered(byte[] bytes) {
        SegmentReader.Segment read = SegmentReader.read(files(), owner, new SegmentName(1, 0), bytes);
        if (read.frames().isEmpty() && read.damage().isEmpty()) {
            throw new LogDamagedException(segment, 0, "a complete log must have a segment: see Recovery");
        }
        DecisionState state = new DecisionState(100);
        Recovery.replay(read, state);
        return state;
    }

    private LogDirectory files() {
        return new LogDirectory(directory, LogKind.DECISIONS, DiskFiles.DISK);
    }

    private static String summary(DecisionState state) {
        return state.unfinished() + " " + state.remembered() + " " + state.heuristics();
    }

    @Test
    void the_sample_itself_is_recovered() {
        DecisionState state = recovered(sample);
        assertEquals(List.of(LAST), state.unfinished());
        assertEquals(2, state.remembered().size());
    }

    @Test
    void a_torn_tail_is_cut_by_opening_and_the_log_goes_on() throws IOException {
        byte[] torn = sample.clone();
        Arrays.fill(torn, lastFrame + 512, end, (byte) 0);
        Files.write(segment, torn);
        try (DecisionLog log = Samples.open(directory)) {
            assertEquals(List.of(commit(1)), log.unfinished());
            log.appendCommit(commit(3));
        }
        try (DecisionLog log = Samples.open(directory)) {
            assertEquals(List.of(commit(1), commit(3)), log.unfinished());
        }
    }

    /**
     * Finer than any disk tears. Where only padding is missing the frame is whole, and its records count: nobody was
     * told of them, but nobody was told otherwise.
     */
    @Test
    void every_prefix_of_the_last_frame_is_cut() {
        for (int cut = lastFrame; cut < end; cut++) {
            byte[] torn = sample.clone();
            Arrays.fill(torn, cut, end, (byte) 0);
            List<CommitRecord> unfinished = recovered(torn).unfinished();
            List<CommitRecord> expected = payloadEnd() <= cut ? List.of(LAST) : List.of(commit(1));
            assertEquals(expected, unfinished, "cut at byte " + (cut - lastFrame) + " of the last frame");
        }
    }

    private int payloadEnd() {
        return lastFrame
                + FrameCodec.HEADER_BYTES
                + FrameCodec.header(sample, lastFrame).payloadBytes();
    }

    @Test
    void any_sectors_of_the_last_frame_may_be_missing() {
        int first = lastFrame / 512;
        int sectors = (end - 1) / 512 - first + 1;
        for (int kept = 0; kept < (1 << sectors) - 1; kept++) {
            byte[] torn = sample.clone();
            for (int i = 0; i < sectors; i++) {
                if ((kept & 1 << i) == 0) {
                    Arrays.fill(
                            torn, Math.max(lastFrame, (first + i) * 512), Math.min(end, (first + i + 1) * 512), (byte)
                                    0);
                }
            }
            assertEquals(
                    List.of(commit(1)), recovered(torn).unfinished(), "kept sectors " + Integer.toBinaryString(kept));
        }
    }

    @Test
    void a_torn_first_write_of_a_segment_leaves_the_one_before_it() throws IOException {
        Path newer = directory.resolve("0000000002-000000.avow");
        for (byte[] torn : List.of(new byte[0], new byte[5_000], Arrays.copyOf(segmentHeader(2), 8_192))) {
            Files.write(newer, torn);
            DecisionState state = new DecisionState(100);
            Recovery.replay(Recovery.read(files(), Fence.peek(files()), 2), state);
            assertEquals(List.of(LAST), state.unfinished());
        }
    }

    private byte[] segmentHeader(int incarnation) {
        return SegmentHeader.encode(LogKind.DECISIONS, owner, new SegmentName(incarnation, 0), 8_192);
    }

    @Test
    void a_lost_middle_frame_is_damage_and_named() {
        int middle = SegmentHeader.PADDED_BYTES + 64;
        byte[] lost = sample.clone();
        Arrays.fill(lost, middle, lastFrame, (byte) 0);
        LogDamagedException damaged = assertThrows(LogDamagedException.class, () -> recovered(lost));
        assertEquals(segment, damaged.file());
        assertEquals(middle, damaged.offset());
        assertSays(damaged, segment.toString(), "byte " + middle, "avow log " + directory);
    }

    @Test
    void a_damaged_log_is_not_opened_and_nothing_in_it_changes() throws IOException {
        byte[] damaged = sample.clone();
        damaged[lastFrame + 100] ^= 1;
        Files.write(segment, damaged);
        assertThrows(LogDamagedException.class, () -> Samples.open(directory));
        assertThrows(LogDamagedException.class, () -> Samples.open(directory), "the second time too");
        assertArrayEquals(damaged, Files.readAllBytes(segment));
        Files.write(segment, sample);
        try (DecisionLog log = Samples.open(directory)) {
            assertEquals(List.of(LAST), log.unfinished(), "restored, it opens");
        }
    }

    /** Bits of every kind, so that no checksum is fooled by one pattern, and zero, which a tear could have left. */
    @Test
    void no_damaged_byte_of_a_segment_loses_a_decision() {
        String whole = summary(recovered(sample));
        int refused = 0;
        for (int at = 0; at < sample.length; at++) {
            for (byte value : List.of((byte) (sample[at] ^ 1), (byte) (sample[at] ^ 0xFF), (byte) 0)) {
                byte[] damaged = sample.clone();
                damaged[at] = value;
                Optional<String> found = tryRecover(damaged);
                if (found.isPresent()) {
                    assertEquals(whole, found.get(), "byte " + at + " set to " + value);
                } else {
                    refused++;
                }
            }
        }
        System.out.println("DamageTest: " + 3 * sample.length + " changes of a byte");
        assertTrue(refused > 1_000, "only " + refused + " damages were noticed");
    }

    private Optional<String> tryRecover(byte[] bytes) {
        try {
            return Optional.of(summary(recovered(bytes)));
        } catch (LogDamagedException e) {
            return Optional.empty();
        }
    }

    @Test
    void no_damaged_byte_of_the_incarnation_file_passes_for_another_number() throws IOException {
        Path file = directory.resolve("incarnation");
        byte[] content = Files.readAllBytes(file);
        Incarnations whole = Incarnations.read(content, 1, file, LogKind.DECISIONS);
        int noticed = 0;
        for (int at = 0; at < content.length; at++) {
            for (int flip : List.of(1, 0xFF)) {
                byte[] damaged = content.clone();
                damaged[at] ^= (byte) flip;
                try {
                    assertEquals(whole, Incarnations.read(damaged, 1, file, LogKind.DECISIONS), "byte " + at);
                } catch (LogDamagedException e) {
                    noticed++;
                }
            }
        }
        assertEquals(64, noticed, "each byte of the only slot is checked");
    }

    @Test
    void a_segment_cut_short_is_refused_wherever_it_was_cut() {
        for (int length = 0; length < sample.length; length += length < end ? 1 : 512) {
            byte[] cut = Arrays.copyOf(sample, length);
            assertThrows(LogDamagedException.class, () -> recovered(cut), "cut to " + length);
        }
        assertThrows(LogDamagedException.class, () -> recovered(Arrays.copyOf(sample, sample.length + 1)));
    }

    @Test
    void missing_segments_and_a_missing_incarnation_file_are_damage() throws IOException {
        Files.delete(segment);
        assertSays(assertThrows(LogDamagedException.class, () -> Samples.open(directory)), "no segment");
        Files.write(segment, sample);
        Files.delete(directory.resolve("incarnation"));
        assertSays(assertThrows(LogDamagedException.class, () -> Samples.open(directory)), segment.getFileName() + "");
        assertFalse(Files.exists(directory.resolve("incarnation")), "a new log was begun over the old one");
    }

    @Test
    void a_segment_of_another_log_is_refused(@TempDir Path other) throws IOException {
        try (DecisionLog log = Samples.open(other)) {
            log.appendCommit(commit(9));
        }
        byte[] foreign = Files.readAllBytes(other.resolve(segment.getFileName()));
        assertThrows(LogDamagedException.class, () -> recovered(foreign));
    }

    @Test
    void a_record_full_of_zeros_or_of_log_bytes_is_just_a_record() throws IOException {
        Path mine = directory.resolve("records");
        List<byte[]> written = List.of(new byte[5_000], sample, new byte[0], new byte[] {1});
        RecordingState first = new RecordingState();
        try (RecordLog log = RecordLog.open(mine, LogKind.PARTICIPANT, Samples.SMALL, first)) {
            written.forEach(log::append);
        }
        RecordingState second = new RecordingState();
        RecordLog.open(mine, LogKind.PARTICIPANT, Samples.SMALL, second).close();
        assertEquals(written.size(), second.records.size());
        for (int i = 0; i < written.size(); i++) {
            assertArrayEquals(written.get(i), second.records.get(i));
        }
    }

    @Test
    void damage_in_a_record_full_of_zeros_is_not_taken_for_a_tear() throws IOException {
        Path mine = directory.resolve("records");
        try (RecordLog log = RecordLog.open(mine, LogKind.PARTICIPANT, LARGE, new RecordingState())) {
            log.append(new byte[5_000]);
        }
        Path file = mine.resolve("0000000001-000000.avow");
        byte[] content = Files.readAllBytes(file);
        content[SegmentHeader.PADDED_BYTES + 64 + FrameCodec.HEADER_BYTES + 100] ^= 1;
        Files.write(file, content);
        assertThrows(
                LogDamagedException.class,
                () -> RecordLog.open(mine, LogKind.PARTICIPANT, LARGE, new RecordingState()));
    }

    @Test
    void a_torn_record_full_of_log_bytes_is_cut_all_the_same() throws IOException {
        Path mine = directory.resolve("records");
        byte[] aligned = new byte[28 + sample.length]; // the frames inside it stand where frames could
        System.arraycopy(sample, 0, aligned, 28, sample.length);
        try (RecordLog log = RecordLog.open(mine, LogKind.DECISIONS, LARGE, new RecordingState())) {
            log.append(aligned);
        }
        Path file = mine.resolve("0000000001-000000.avow");
        byte[] content = Files.readAllBytes(file);
        int frame = SegmentHeader.PADDED_BYTES + 64;
        int tear = (frame / 512 + 1) * 512;
        Arrays.fill(content, tear, tear + 512, (byte) 1);
        Arrays.fill(content, frame + (int) FrameCodec.frameBytes(4 + aligned.length) - 32, content.length, (byte) 0);
        Files.write(file, content);
        RecordingState state = new RecordingState();
        RecordLog.open(mine, LogKind.DECISIONS, LARGE, state).close();
        assertEquals(0, state.records.size());
    }

    @Test
    void a_newer_format_is_refused_by_its_number() {
        byte[] newer = sample.clone();
        newer[7] = 2;
        CRC32C crc = new CRC32C();
        crc.update(newer, 0, 28);
        ByteBuffer.wrap(newer).putInt(28, (int) crc.getValue());
        assertSays(assertThrows(LogUnusableException.class, () -> recovered(newer)), "format 2", "newer version");
    }
}
