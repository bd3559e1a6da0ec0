package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.assertSays;
import static dev.avow.engine.log.Samples.commit;
import static dev.avow.engine.log.Samples.heuristic;
import static dev.avow.engine.log.Samples.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogClosedException;
import dev.avow.engine.LogObserver;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.RememberedOutcome.Ending;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileDecisionLogTest {

    @TempDir
    Path directory;

    @Test
    void everything_survives_reopening() {
        long coordinator;
        try (DecisionLog log = DecisionLog.open(directory)) {
            coordinator = log.coordinator();
            log.appendCommit(commit(1));
            log.appendCommit(commit(2));
            log.appendEnd(id(1));
            log.appendAborted(id(3), "O3");
            log.appendHeuristic(heuristic(2));
            log.appendHeuristic(heuristic(4));
            log.settleHeuristic(id(4), "payments");
        }
        try (DecisionLog log = DecisionLog.open(directory)) {
            assertEquals(coordinator, log.coordinator());
            assertEquals(2, log.incarnation());
            assertEquals(List.of(commit(2)), log.unfinished());
            assertEquals(List.of(heuristic(2)), log.heuristics());
            assertEquals(Optional.of(new RememberedOutcome(id(1), "O1", Ending.COMMITTED)), log.remembered(id(1)));
            assertEquals(Optional.of(new RememberedOutcome(id(2), "O2", Ending.COMMITTED)), log.remembered("O2"));
            assertEquals(Optional.of(new RememberedOutcome(id(3), "O3", Ending.ABORTED)), log.remembered("O3"));
            assertEquals(Optional.empty(), log.remembered(id(5)));
        }
    }

    @Test
    void an_acknowledged_commit_survives_without_close() {
        DecisionLog killed = Samples.open(directory);
        killed.appendCommit(commit(1));
        try (DecisionLog log = Samples.openAnyway(directory)) {
            assertEquals(List.of(commit(1)), log.unfinished());
        }
        killed.close();
    }

    @Test
    void a_lone_commit_costs_one_force() {
        FaultyFiles files = new FaultyFiles(DiskFiles.DISK);
        try (DecisionLog log = FileDecisionLog.open(directory, Samples.SMALL, files)) {
            int before = files.forces.get();
            log.appendCommit(commit(1));
            assertEquals(before + 1, files.forces.get());
        }
    }

    @Test
    void its_observer_sees_how_many_records_each_force_makes_durable_and_may_fail() {
        List<Integer> forced = new ArrayList<>();
        LogObserver observer = (records, nanos) -> {
            assertTrue(nanos > 0, nanos + " ns");
            forced.add(records);
            throw new IllegalStateException("an observer's defect");
        };
        try (DecisionLog log = DecisionLog.open(directory, Samples.SMALL.withObserver(observer))) {
            log.appendCommit(commit(1));
            log.appendEnd(id(1));
            log.appendAborted(id(2), "O2");
            log.appendCommit(commit(3));
        }
        assertEquals(List.of(1, 3), forced);
    }

    @Test
    void ends_and_aborts_cost_none_and_ride_with_the_next_commit() {
        FaultyFiles files = new FaultyFiles(DiskFiles.DISK);
        DecisionLog log = FileDecisionLog.open(directory, Samples.SMALL, files);
        log.appendCommit(commit(1));
        int operations = files.operations.get();
        log.appendEnd(id(1));
        log.appendAborted(id(2), "O2");
        assertEquals(operations, files.operations.get(), "an unforced record touched the disk");
        assertEquals(List.of(commit(1)), log.unfinished());

        int forces = files.forces.get();
        log.appendCommit(commit(3));
        assertEquals(forces + 1, files.forces.get());
        assertEquals(List.of(commit(3)), log.unfinished());
        try (DecisionLog reopened = Samples.openAnyway(directory)) {
            assertEquals(List.of(commit(3)), reopened.unfinished());
            assertEquals(Ending.ABORTED, reopened.remembered("O2").orElseThrow().ending());
        }
    }

    @Test
    void closing_writes_what_still_rides() {
        try (DecisionLog log = Samples.open(directory)) {
            log.appendCommit(commit(1));
            log.appendEnd(id(1));
        }
        try (DecisionLog log = Samples.open(directory)) {
            assertEquals(List.of(), log.unfinished());
        }
    }

    @Test
    void a_closed_log_says_so_and_closing_again_does_nothing() {
        DecisionLog log = Samples.open(directory);
        log.close();
        log.close();
        LogClosedException refused = assertThrows(LogClosedException.class, () -> log.appendCommit(commit(1)));
        assertSays(refused, directory.toString());
        assertThrows(LogClosedException.class, () -> log.appendEnd(id(1)));
        try (DecisionLog reopened = Samples.open(directory)) {
            assertEquals(List.of(), reopened.unfinished());
        }
    }

    @Test
    void appending_a_commit_twice_changes_nothing() {
        try (DecisionLog log = Samples.open(directory)) {
            log.appendCommit(commit(1));
            log.appendCommit(commit(1));
            assertEquals(List.of(commit(1)), log.unfinished());
            log.appendEnd(id(1));
            log.appendEnd(id(1));
            log.appendCommit(commit(2));
            assertEquals(List.of(commit(2)), log.unfinished());
        }
    }

    @Test
    void of_one_name_the_transaction_begun_last_is_remembered() {
        try (DecisionLog log = Samples.open(directory)) {
            log.appendAborted(id(2), "O1");
            log.appendAborted(id(1), "O1");
            log.appendCommit(new CommitRecord(id(3), "O1", List.of("orders")));
            log.appendAborted(id(1), "O1");
            assertEquals(id(3), log.remembered("O1").orElseThrow().id());
        }
        try (DecisionLog log = Samples.open(directory)) {
            assertEquals(id(3), log.remembered("O1").orElseThrow().id());
        }
    }

    @Test
    void only_so_many_finished_transactions_are_remembered_and_every_unfinished_one() {
        try (DecisionLog log = DecisionLog.open(directory, Samples.SMALL.withRememberedOutcomes(3))) {
            for (int sequence = 1; sequence <= 10; sequence++) {
                log.appendCommit(commit(sequence));
            }
            for (int sequence = 1; sequence <= 8; sequence++) {
                log.appendEnd(id(sequence));
            }
            log.appendCommit(commit(11));
            assertEquals("[6, 7, 8, 9, 10, 11]", Samples.committed(log, 20).toString());
        }
        try (DecisionLog log = DecisionLog.open(directory, Samples.SMALL.withRememberedOutcomes(3))) {
            assertEquals("[6, 7, 8, 9, 10, 11]", Samples.committed(log, 20).toString());
        }
    }

    @Test
    void names_come_back_as_they_were_given() {
        String name = "Bestellung \u00fc \ud83d\ude00 \0" + "\0".repeat(2_000) + "x".repeat(60_000);
        CommitRecord commit = new CommitRecord(id(1), name, List.of("b", "a", "c"));
        try (DecisionLog log = Samples.open(directory)) {
            log.appendCommit(commit);
        }
        try (DecisionLog log = Samples.open(directory)) {
            assertEquals(List.of(commit), log.unfinished());
        }
    }

    @Test
    void a_record_too_long_for_the_log_is_refused_and_the_log_goes_on() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            names.add(i + "x".repeat(65_000));
        }
        try (DecisionLog log = Samples.open(directory)) {
            CommitRecord tooLong = new CommitRecord(id(1), "O1", names);
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> log.appendCommit(tooLong));
            assertSays(refused, "16777216");
            log.appendCommit(commit(2));
            assertEquals(List.of(commit(2)), log.unfinished());
        }
    }

    @Test
    void a_record_longer_than_a_segment_gets_a_longer_segment() {
        CommitRecord longer = new CommitRecord(id(1), "x".repeat(60_000), List.of("orders"));
        try (DecisionLog log = Samples.open(directory)) {
            log.appendCommit(longer);
            log.appendCommit(commit(2));
        }
        try (DecisionLog log = Samples.open(directory)) {
            assertEquals(List.of(longer, commit(2)), log.unfinished());
        }
    }

    @Test
    void missing_parents_of_the_directory_are_created() {
        try (DecisionLog log = Samples.open(directory.resolve("a/b/c"))) {
            log.appendCommit(commit(1));
        }
        try (DecisionLog log = Samples.open(directory.resolve("a/b/c"))) {
            assertEquals(List.of(commit(1)), log.unfinished());
        }
    }
}
