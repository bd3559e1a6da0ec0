package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.assertSays;
import static dev.avow.engine.log.Samples.commit;
import static dev.avow.engine.log.Samples.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogDamagedException;
import dev.avow.engine.LogException;
import dev.avow.engine.LogRefusedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two incarnations at once, on files whose locks aren't kept. */
final class FenceTest {

    @TempDir
    Path directory;

    private DecisionLog open() {
        return Samples.openAnyway(directory);
    }

    @Test
    void an_earlier_incarnation_is_refused_and_told_by_whom() {
        DecisionLog earlier = open();
        earlier.appendCommit(commit(1));
        DecisionLog later = open();
        LogRefusedException refused = assertThrows(LogRefusedException.class, () -> earlier.appendCommit(commit(2)));
        assertSays(refused, "incarnation 1 ");
        assertSays(refused, "incarnation 2 ");
        assertThrows(LogRefusedException.class, () -> earlier.appendCommit(commit(3)), "it stays refused");
        assertThrows(LogRefusedException.class, () -> earlier.appendEnd(id(1)));
        later.appendCommit(commit(4));
        assertEquals(List.of(commit(1), commit(4)), later.unfinished());
        assertEquals(List.of(commit(1)), earlier.unfinished(), "a refused record showed");
        earlier.close();
        later.close();
    }

    @Test
    void what_an_earlier_incarnation_still_writes_is_never_read() {
        DecisionLog earlier = open();
        earlier.appendCommit(commit(1));
        open().appendCommit(commit(2));
        assertThrows(LogRefusedException.class, () -> earlier.appendCommit(commit(3)));
        DecisionLog third = open();
        assertEquals(3, third.incarnation());
        assertEquals(List.of(commit(1), commit(2)), third.unfinished());
    }

    @Test
    void an_end_of_an_earlier_incarnation_is_never_read_either() {
        DecisionLog earlier = open();
        earlier.appendCommit(commit(1));
        earlier.appendEnd(id(1));
        open();
        assertThrows(LogRefusedException.class, earlier::close);
        assertEquals(List.of(commit(1)), open().unfinished());
    }

    @Test
    void an_earlier_incarnation_is_refused_in_the_middle_of_a_turnover_and_deletes_nothing() throws IOException {
        DecisionLog earlier = open();
        DecisionLog later = open();
        later.appendCommit(commit(1));
        try (Stream<Path> before = Files.list(directory)) {
            List<Path> segments = before.filter(file -> file.toString().contains("0000000002-"))
                    .toList();
            assertEquals(1, segments.size());
            // Far more than a segment holds, so that it has to turn over first.
            assertThrows(
                    LogRefusedException.class,
                    () -> earlier.appendCommit(new CommitRecord(id(2), "x".repeat(60_000), List.of("orders"))));
            assertTrue(Files.exists(segments.get(0)));
        }
        assertEquals(List.of(commit(1)), open().unfinished());
    }

    /** The flag is raised first: a record forced between the newcomer's flag and its look is found, and refused. */
    @Test
    void a_record_forced_while_a_newcomer_opens_is_refused_and_may_be_found_by_it() {
        DecisionLog earlier = open();
        FaultyFiles files = new FaultyFiles(DiskFiles.DISK).ignoringLocks();
        AtomicBoolean first = new AtomicBoolean(true);
        Path flag = directory.resolve("incarnation");
        byte[] before = read(flag);
        files.beforeForce(() -> {
            // The newcomer's first force after its number stands in the file is that of the number itself.
            if (!Arrays.equals(before, read(flag)) && first.getAndSet(false)) {
                assertThrows(LogRefusedException.class, () -> earlier.appendCommit(commit(1)));
            }
        });
        DecisionLog later = FileDecisionLog.open(directory, Samples.SMALL, files);
        assertFalse(first.get(), "the hook never ran");
        assertEquals(List.of(commit(1)), later.unfinished(), "forced before the look, so it was there to be found");
    }

    @Test
    void a_turnover_while_a_newcomer_opens_deletes_nothing_that_it_may_be_about_to_read() {
        DecisionLog earlier = open();
        earlier.appendCommit(commit(1));
        FaultyFiles files = new FaultyFiles(DiskFiles.DISK).ignoringLocks();
        AtomicBoolean first = new AtomicBoolean(true);
        byte[] before = read(directory.resolve("incarnation"));
        files.beforeForce(() -> {
            if (!Arrays.equals(before, read(directory.resolve("incarnation"))) && first.getAndSet(false)) {
                CommitRecord huge = new CommitRecord(id(2), "x".repeat(60_000), List.of("orders"));
                assertThrows(LogRefusedException.class, () -> earlier.appendCommit(huge));
                assertTrue(Files.exists(directory.resolve("0000000001-000001.avow")), "there was no turnover");
                assertTrue(Files.exists(directory.resolve("0000000001-000000.avow")));
            }
        });
        DecisionLog later = FileDecisionLog.open(directory, Samples.SMALL, files);
        assertFalse(first.get(), "the hook never ran");
        assertEquals(List.of(commit(1)), later.unfinished());
    }

    @Test
    void a_record_acknowledged_before_the_flag_is_always_found() {
        DecisionLog earlier = open();
        FaultyFiles files = new FaultyFiles(DiskFiles.DISK).ignoringLocks();
        byte[] before = read(directory.resolve("incarnation"));
        long[] sequence = {0};
        files.beforeForce(() -> {
            if (Arrays.equals(before, read(directory.resolve("incarnation")))) {
                earlier.appendCommit(commit(++sequence[0]));
            }
        });
        earlier.appendCommit(commit(++sequence[0]));
        DecisionLog later = FileDecisionLog.open(directory, Samples.SMALL, files);
        assertEquals(sequence[0], later.unfinished().size());
    }

    @Test
    void an_opening_that_another_overtook_withdraws() {
        FaultyFiles slow = new FaultyFiles(DiskFiles.DISK).ignoringLocks();
        open().close();
        AtomicBoolean first = new AtomicBoolean(true);
        slow.beforeForce(() -> {
            if (first.getAndSet(false)) {
                open().appendCommit(commit(1));
            }
        });
        assertThrows(LogRefusedException.class, () -> FileDecisionLog.open(directory, Samples.SMALL, slow));
        assertEquals(List.of(commit(1)), open().unfinished());
    }

    /** Both read the numbers before either claimed its own. */
    @Test
    void of_two_openings_at_once_the_one_with_the_lower_number_is_refused() {
        open().close();
        FaultyFiles slow = new FaultyFiles(DiskFiles.DISK).ignoringLocks();
        List<DecisionLog> fast = new ArrayList<>();
        slow.beforeCreate(() -> {
            slow.beforeCreate(() -> {});
            fast.add(open());
            fast.get(0).appendCommit(commit(1));
        });
        DecisionLog winner = FileDecisionLog.open(directory, Samples.SMALL, slow);
        assertThrows(LogRefusedException.class, () -> fast.get(0).appendCommit(commit(2)));
        winner.appendCommit(commit(3));
        assertEquals(3, winner.incarnation());
        assertEquals(List.of(commit(1), commit(3)), open().unfinished());
    }

    @Test
    void an_opening_whose_number_was_overtaken_before_it_announced_it_takes_the_next() {
        open().close();
        FaultyFiles slow = new FaultyFiles(DiskFiles.DISK).ignoringLocks();
        List<DecisionLog> fast = new ArrayList<>();
        slow.afterCreate(() -> {
            slow.afterCreate(() -> {});
            fast.add(open());
            fast.get(0).appendCommit(commit(1));
        });
        DecisionLog winner = FileDecisionLog.open(directory, Samples.SMALL, slow);
        assertEquals(3, fast.get(0).incarnation());
        assertEquals(4, winner.incarnation());
        assertThrows(LogRefusedException.class, () -> fast.get(0).appendCommit(commit(2)));
        assertEquals(List.of(commit(1)), winner.unfinished());
    }

    /** Four incarnations, of which the last has deleted its first segment, too. */
    private void openFourTimes() {
        for (int incarnation = 1; incarnation <= 4; incarnation++) {
            try (DecisionLog log = FileDecisionLog.open(directory, Samples.SMALL.withRememberedOutcomes(0))) {
                assertEquals(incarnation, log.incarnation());
                log.appendCommit(commit(incarnation));
                for (int sequence = 1_000; sequence < 1_200; sequence++) {
                    log.appendCommit(commit(sequence));
                    log.appendEnd(id(sequence));
                }
            }
        }
        assertFalse(Files.exists(directory.resolve(new SegmentName(4, 0).fileName())), "there was no turnover");
    }

    private void assertOpensAsTheFifthAndThenTheSixth() {
        try (DecisionLog log = open()) {
            assertEquals(5, log.incarnation());
            assertEquals(4, log.unfinished().size());
        }
        try (DecisionLog log = open()) {
            assertEquals(6, log.incarnation());
        }
    }

    @Test
    void incarnations_only_grow_though_the_newest_slot_is_damaged() throws IOException {
        openFourTimes();
        Path file = directory.resolve("incarnation");
        byte[] content = Files.readAllBytes(file);
        content[Incarnations.SLOT_DISTANCE_BYTES + 27] ^= 1; // the fourth stands in the second slot
        Files.write(file, content);
        assertOpensAsTheFifthAndThenTheSixth();
    }

    @Test
    void incarnations_only_grow_though_the_flags_were_cut_off() throws IOException {
        openFourTimes();
        Path file = directory.resolve("incarnation");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), Incarnations.FLAGS_POSITION));
        assertOpensAsTheFifthAndThenTheSixth();
    }

    @Test
    void incarnations_only_grow_though_only_the_segment_is_left_to_tell() throws IOException {
        openFourTimes();
        Path file = directory.resolve("incarnation");
        byte[] content = Arrays.copyOf(Files.readAllBytes(file), Incarnations.FLAGS_POSITION);
        content[Incarnations.SLOT_DISTANCE_BYTES + 27] ^= 1;
        Files.write(file, content);
        assertOpensAsTheFifthAndThenTheSixth();
    }

    @Test
    void two_slots_are_written_in_turn_so_that_a_torn_one_leaves_the_other() throws IOException {
        openFourTimes();
        byte[] content = Files.readAllBytes(directory.resolve("incarnation"));
        assertEquals(3, Incarnations.slot(content, 0).orElseThrow().incarnation());
        assertEquals(
                4,
                Incarnations.slot(content, Incarnations.SLOT_DISTANCE_BYTES)
                        .orElseThrow()
                        .incarnation());
    }

    @Test
    void a_flag_that_was_lowered_from_outside_stops_the_log() throws IOException {
        DecisionLog log = open();
        Path file = directory.resolve("incarnation");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), Incarnations.FLAGS_POSITION));
        assertSays(assertThrows(LogException.class, () -> log.appendCommit(commit(1))), "shorter");
    }

    @Test
    void a_file_of_impossible_length_is_damage() throws IOException {
        open().close();
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("incarnation").toFile(), "rw")) {
            file.setLength(10L << 30);
        }
        assertSays(assertThrows(LogDamagedException.class, this::open), "no log lives so long");
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
