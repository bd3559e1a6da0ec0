package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.commit;
import static dev.avow.engine.log.Samples.heuristic;
import static dev.avow.engine.log.Samples.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogInspection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The next segment takes over what still matters, and the last one goes. */
final class TurnoverTest {

    @TempDir
    Path directory;

    @Test
    void ten_thousand_transactions_leave_one_small_segment_and_the_one_that_is_stuck() {
        LogFiles files = new MemoryDisk();
        try (DecisionLog log = FileDecisionLog.open(directory, Samples.SMALL.withRememberedOutcomes(16), files)) {
            log.appendCommit(commit(1));
            log.appendHeuristic(heuristic(1));
            for (long sequence = 2; sequence <= 10_000; sequence++) {
                log.appendCommit(commit(sequence));
                log.appendEnd(id(sequence));
            }
        }
        LogInspection found = FileDecisionLog.inspect(new LogDirectory(directory, LogKind.DECISIONS, files));
        assertEquals(2, found.files().size(), "one incarnation file, one segment: " + found.files());
        assertTrue(found.bytes() <= 8_192 + Incarnations.FLAGS_POSITION + 1, found.bytes() + " bytes");
        assertEquals(List.of(commit(1)), found.unfinished());
        assertEquals(List.of(heuristic(1)), found.heuristics());
        assertTrue(found.remembered().size() >= 16, "snapshot and what came after it");
    }

    @Test
    void on_a_real_disk_too() {
        try (DecisionLog log = Samples.open(directory)) {
            for (long sequence = 1; sequence <= 300; sequence++) {
                log.appendCommit(commit(sequence));
                if (sequence % 100 != 0) {
                    log.appendEnd(id(sequence));
                }
            }
            LogInspection found = LogInspection.of(directory);
            assertEquals(3, found.files().size(), "incarnation, lock and one segment: " + found.files());
            assertEquals(3, log.unfinished().size());
        }
        try (DecisionLog log = Samples.open(directory)) {
            assertEquals(List.of(commit(100), commit(200), commit(300)), log.unfinished());
        }
    }

    @Test
    void a_segment_grows_with_the_unfinished_work_and_shrinks_with_it() {
        LogFiles files = new MemoryDisk();
        List<CommitRecord> all = new ArrayList<>();
        try (DecisionLog log = FileDecisionLog.open(directory, Samples.SMALL.withRememberedOutcomes(0), files)) {
            for (long sequence = 1; sequence <= 2_000; sequence++) {
                all.add(commit(sequence));
                log.appendCommit(commit(sequence));
            }
            assertEquals(all, log.unfinished());
            long grown = FileDecisionLog.inspect(new LogDirectory(directory, LogKind.DECISIONS, files))
                    .bytes();
            assertTrue(grown > 100_000 && grown < 1_000_000, grown + " bytes");
        }
        try (DecisionLog log = FileDecisionLog.open(directory, Samples.SMALL.withRememberedOutcomes(0), files)) {
            assertEquals(all, log.unfinished());
            for (long sequence = 1; sequence <= 2_000; sequence++) {
                log.appendEnd(id(sequence));
            }
        }
        FileDecisionLog.open(directory, Samples.SMALL.withRememberedOutcomes(0), files)
                .close();
        long shrunk = FileDecisionLog.inspect(new LogDirectory(directory, LogKind.DECISIONS, files))
                .bytes();
        assertEquals(8_192 + Incarnations.FLAGS_POSITION + 3, shrunk);
    }
}
