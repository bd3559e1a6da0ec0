package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.assertSays;
import static dev.avow.engine.log.Samples.commit;
import static dev.avow.engine.log.Samples.heuristic;
import static dev.avow.engine.log.Samples.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogInspection;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.RememberedOutcome.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking changes nothing. */
final class InspectionTest {

    @TempDir
    Path directory;

    private Map<String, String> content() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.collect(Collectors.toMap(Path::toString, InspectionTest::hex));
        }
    }

    private static String hex(Path file) {
        try {
            return new BigInteger(1, Files.readAllBytes(file)).toString(16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everything_in_a_live_log_is_shown_and_no_byte_changes() throws IOException {
        try (DecisionLog log = Samples.open(directory)) {
            log.appendCommit(commit(1));
            log.appendEnd(id(1));
            log.appendHeuristic(heuristic(2));
            log.appendCommit(commit(2));
            Map<String, String> before = content();
            LogInspection found = LogInspection.of(directory);
            assertEquals(before, content());
            assertEquals(log.coordinator(), found.coordinator());
            assertEquals(1, found.incarnation());
            assertEquals(List.of(commit(2)), found.unfinished());
            assertEquals(List.of(new RememberedOutcome(id(1), "O1", Ending.COMMITTED)), found.remembered());
            assertEquals(List.of(heuristic(2)), found.heuristics());
            assertEquals(List.of("0000000001-000000.avow", "incarnation", "lock"), found.files());
            assertEquals(8_192 + Incarnations.FLAGS_POSITION + 1, found.bytes());
            assertEquals(Optional.empty(), found.damage());
            log.appendCommit(commit(3));
        }
    }

    @Test
    void what_stands_before_damage_is_shown_and_the_damage_named() throws IOException {
        try (DecisionLog log = Samples.open(directory)) {
            log.appendCommit(commit(1));
            log.appendCommit(commit(2));
            log.appendCommit(commit(3));
        }
        Path segment = directory.resolve("0000000001-000000.avow");
        byte[] damaged = Files.readAllBytes(segment);
        int second = SegmentHeader.PADDED_BYTES
                + 64
                + (int) FrameCodec.frameBytes(4 + DecisionRecords.commit(commit(1)).length);
        damaged[second + 40] ^= 1;
        Files.write(segment, damaged);
        LogInspection found = LogInspection.of(directory);
        assertEquals(List.of(commit(1)), found.unfinished());
        assertSays(new Exception(found.damage().orElseThrow()), segment.toString(), "byte " + second);
    }

    @Test
    void a_segment_that_goes_between_listing_and_reading_is_looked_for_again() {
        CommitRecord huge = new CommitRecord(id(2), "x".repeat(60_000), List.of("orders"));
        try (DecisionLog log = Samples.open(directory)) {
            log.appendCommit(commit(1));
            FaultyFiles files = new FaultyFiles(DiskFiles.DISK);
            files.afterList(() -> {
                files.afterList(() -> {});
                log.appendCommit(huge);
            });
            LogInspection found = FileDecisionLog.inspect(new LogDirectory(directory, LogKind.DECISIONS, files));
            assertEquals(List.of(commit(1), huge), found.unfinished());
        }
    }

    @Test
    void a_log_at_work_never_looks_damaged_and_never_loses_what_was_acknowledged() throws InterruptedException {
        AtomicLong acknowledged = new AtomicLong();
        try (DecisionLog log = Samples.open(directory)) {
            Thread writer = new Thread(() -> {
                for (long sequence = 1; sequence <= 400; sequence++) {
                    log.appendCommit(commit(sequence));
                    acknowledged.set(sequence);
                    log.appendEnd(id(sequence));
                }
            });
            writer.start();
            int looks = 0;
            while (writer.isAlive() || looks == 0) {
                long atLeast = acknowledged.get();
                LogInspection found = LogInspection.of(directory);
                assertEquals(Optional.empty(), found.damage());
                long newest = Stream.concat(
                                found.unfinished().stream().map(commit -> commit.id()),
                                found.remembered().stream().map(outcome -> outcome.id()))
                        .mapToLong(id -> id.sequence())
                        .max()
                        .orElse(0);
                assertTrue(newest >= atLeast, newest + " was shown, " + atLeast + " acknowledged before");
                looks++;
            }
            writer.join();
        }
    }
}
