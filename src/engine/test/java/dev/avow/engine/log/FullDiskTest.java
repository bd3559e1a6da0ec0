package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.assertSays;
import static dev.avow.engine.log.Samples.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogFullException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Space runs out, and comes back. */
final class FullDiskTest {

    private static final Path DIRECTORY = Path.of("/log");

    private final MemoryDisk disk = new MemoryDisk();
    private final FaultyFiles files = new FaultyFiles(disk);

    private static CommitRecord longCommit(long sequence) {
        return new CommitRecord(id(sequence), "x".repeat(700), List.of("orders"));
    }

    @Test
    void a_full_disk_refuses_commits_and_the_log_goes_on_once_there_is_space() {
        Set<Long> acknowledged = new TreeSet<>();
        int refused = 0;
        try (DecisionLog log = Samples.open(DIRECTORY, files)) {
            files.setFull(true);
            for (long sequence = 1; sequence <= 20; sequence++) {
                try {
                    log.appendCommit(longCommit(sequence));
                    acknowledged.add(sequence);
                } catch (LogFullException e) {
                    assertSays(e, "/log", "no space");
                    refused++;
                }
            }
            assertTrue(refused > 0 && !acknowledged.isEmpty(), "the preallocated segment should hold some");
            files.setFull(false);
            for (long sequence = 21; sequence <= 40; sequence++) {
                log.appendCommit(longCommit(sequence));
                acknowledged.add(sequence);
            }
            assertEquals(acknowledged, Samples.committed(log, 50));
        }
        try (DecisionLog log = Samples.open(DIRECTORY, disk)) {
            assertEquals(acknowledged, Samples.committed(log, 50), "a refused commit is certainly not in the log");
        }
    }

    @Test
    void an_end_that_found_no_space_rides_later() {
        try (DecisionLog log = Samples.open(DIRECTORY, files)) {
            log.appendCommit(longCommit(1));
            files.setFull(true);
            log.appendEnd(id(1));
            CommitRecord huge = new CommitRecord(id(2), "x".repeat(20_000), List.of("orders"));
            assertThrows(LogFullException.class, () -> log.appendCommit(huge));
            assertEquals(List.of(longCommit(1)), log.unfinished());
            files.setFull(false);
            log.appendCommit(huge);
            assertEquals(List.of(huge), log.unfinished());
        }
    }

    @Test
    void space_that_turns_out_to_be_missing_when_zeros_are_forced_stops_nothing() {
        try (DecisionLog log = Samples.open(DIRECTORY, files)) {
            files.setFullLate(true);
            CommitRecord huge = new CommitRecord(id(2), "x".repeat(20_000), List.of("orders"));
            assertThrows(LogFullException.class, () -> log.appendCommit(huge));
            log.appendCommit(longCommit(1));
            files.setFullLate(false);
            log.appendCommit(huge);
            assertEquals(List.of(longCommit(1), huge), log.unfinished());
        }
    }

    @Test
    void a_segment_for_which_there_was_no_space_and_that_cannot_be_deleted_stops_nothing() {
        try (DecisionLog log = Samples.open(DIRECTORY, files)) {
            files.setFullLate(true);
            files.setDeletesFail(true);
            CommitRecord huge = new CommitRecord(id(2), "x".repeat(20_000), List.of("orders"));
            assertThrows(LogFullException.class, () -> log.appendCommit(huge));
            assertThrows(LogFullException.class, () -> log.appendCommit(huge));
            files.setFullLate(false);
            log.appendCommit(huge);
            assertEquals(List.of(huge), log.unfinished());
        }
    }

    @Test
    void a_full_disk_is_known_by_its_space_when_the_words_are_in_another_language() {
        try (DecisionLog log = Samples.open(DIRECTORY, files)) {
            files.sayingFull("Auf dem Ger\u00e4t ist kein Speicherplatz mehr verf\u00fcgbar");
            files.setFull(true);
            CommitRecord huge = new CommitRecord(id(2), "x".repeat(20_000), List.of("orders"));
            assertThrows(LogFullException.class, () -> log.appendCommit(huge));
        }
    }

    @Test
    void a_log_that_cannot_open_for_lack_of_space_opens_once_there_is_some() {
        try (DecisionLog log = Samples.open(DIRECTORY, files)) {
            log.appendCommit(longCommit(1));
        }
        int before = disk.list(DIRECTORY).size();
        files.setFull(true);
        assertSays(assertThrows(LogFullException.class, () -> Samples.open(DIRECTORY, files)), "/log");
        assertEquals(before, disk.list(DIRECTORY).size(), "a failed opening left something behind");
        files.setFull(false);
        try (DecisionLog log = Samples.open(DIRECTORY, files)) {
            assertEquals(List.of(longCommit(1)), log.unfinished());
        }
    }
}
