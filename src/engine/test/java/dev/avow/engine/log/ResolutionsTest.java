package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.assertSays;
import static dev.avow.engine.log.Samples.commit;
import static dev.avow.engine.log.Samples.heuristic;
import static dev.avow.engine.log.Samples.id;
import static dev.avow.engine.log.Samples.resolution;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.ContradictionException;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogInspection;
import dev.avow.engine.RememberedOutcome.Ending;
import dev.avow.engine.Resolution;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What persons decide stands in the log like any decision. */
final class ResolutionsTest {
    private static final CommitRecord LEFT = new CommitRecord(id(1), "O1", List.of("orders"));
    private static final HeuristicRecord FORCED = new HeuristicRecord(id(1), "O1", "payments", "abort", "commit");

    @TempDir
    Path directory;

    private static Resolution forced(Resolution resolution) {
        return resolution.withForced(true);
    }

    private static void turnOver(DecisionLog log) {
        log.appendCommit(new CommitRecord(id(999), "x".repeat(20_000), List.of("orders")));
        log.appendEnd(id(999));
    }

    @Test
    void of_two_persons_who_contradict_each_other_at_once_the_second_is_refused() throws Exception {
        FaultyFiles files = new FaultyFiles(new MemoryDisk());
        CountDownLatch inForce = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService persons = Executors.newFixedThreadPool(2);
        try (FileDecisionLog log = Samples.open(Path.of("/log"), files)) {
            log.appendCommit(commit(1));
            files.beforeForce(() -> {
                inForce.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            Future<Resolution> ann = persons.submit(() -> log.appendResolution(resolution(1, Ending.COMMITTED)));
            assertTrue(inForce.await(20, TimeUnit.SECONDS));
            AtomicReference<Thread> second = new AtomicReference<>();
            Future<Resolution> bob = persons.submit(() -> {
                second.set(Thread.currentThread());
                return log.appendResolution(resolution(1, Ending.ABORTED).withForced(true));
            });
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (second.get() == null || second.get().getState() != Thread.State.WAITING) {
                assertTrue(System.nanoTime() < deadline);
                Thread.onSpinWait();
            }
            goOn.countDown();
            assertEquals(Ending.COMMITTED, ann.get(20, TimeUnit.SECONDS).decision());
            ExecutionException refused = assertThrows(ExecutionException.class, () -> bob.get(20, TimeUnit.SECONDS));
            assertInstanceOf(IllegalArgumentException.class, refused.getCause());
            assertEquals(1, log.resolutions().size());
        } finally {
            goOn.countDown();
            persons.shutdown();
        }
    }

    @Test
    void who_needs_not_be_told_leaves_the_commit_and_the_last_ends_it() {
        try (DecisionLog log = Samples.open(directory)) {
            log.appendCommit(commit(1));
            Resolution resolution = resolution(1, Ending.COMMITTED);
            assertEquals(resolution, log.appendResolution(forced(resolution)), "nothing is contradicted");
            assertEquals(List.of(LEFT), log.unfinished());
            Resolution last = new Resolution(
                    id(1), "O1", "orders", Ending.COMMITTED, false, "ada", Samples.WHEN, "repaired by hand");
            log.appendResolution(last);
            assertEquals(List.of(), log.unfinished());
            assertEquals(Ending.COMMITTED, log.remembered("O1").orElseThrow().ending());
            assertEquals(List.of(resolution, last), log.resolutions());
        }
        try (DecisionLog log = Samples.open(directory)) {
            assertEquals(List.of(), log.unfinished());
            assertEquals(2, log.resolutions().size());
        }
    }

    @Test
    void an_abort_of_a_commit_is_refused_and_if_forced_a_contradiction() {
        try (DecisionLog log = Samples.open(directory)) {
            log.appendCommit(commit(1));
            Resolution abort = resolution(1, Ending.ABORTED);
            assertSays(
                    assertThrows(ContradictionException.class, () -> log.appendResolution(abort)),
                    "O1",
                    "is commit",
                    "\"payments\"",
                    "as abort",
                    "force");
            assertEquals(List.of(commit(1)), log.unfinished());
            assertEquals(List.of(), log.resolutions());
            assertTrue(log.appendResolution(forced(abort)).forced());
            assertEquals(List.of(LEFT), log.unfinished());
            assertEquals(List.of(FORCED), log.heuristics());
        }
    }

    @Test
    void a_contradiction_is_settled_by_agreeing_with_the_decision_or_by_force() {
        try (DecisionLog log = Samples.open(directory)) {
            log.appendHeuristic(heuristic(1));
            log.appendHeuristic(heuristic(2));
            log.appendHeuristic(new HeuristicRecord(id(3), "O3", "payments", "hazard", "unknown"));
            assertThrows(ContradictionException.class, () -> log.appendResolution(resolution(1, Ending.ABORTED)));
            log.appendResolution(resolution(1, Ending.COMMITTED));
            log.appendResolution(forced(resolution(2, Ending.ABORTED)));
            log.appendResolution(resolution(3, Ending.ABORTED));
            assertEquals(List.of(), log.heuristics());
            assertEquals(
                    List.of(false, true, false),
                    log.resolutions().stream().map(Resolution::forced).toList());
        }
    }

    @Test
    void a_contradiction_whose_participant_must_still_forget_is_settled_with_its_telling() {
        try (DecisionLog log = Samples.open(directory)) {
            log.appendCommit(commit(1));
            log.appendHeuristic(heuristic(1));
            log.appendResolution(forced(resolution(1, Ending.ABORTED)));
            assertEquals(List.of(), log.heuristics());
            assertEquals(List.of(LEFT), log.unfinished());
        }
    }

    @Test
    void what_is_not_there_cannot_be_resolved() {
        try (DecisionLog log = Samples.open(directory)) {
            log.appendCommit(LEFT);
            for (long sequence : List.of(1L, 2L)) {
                assertSays(
                        assertThrows(
                                IllegalArgumentException.class,
                                () -> log.appendResolution(resolution(sequence, Ending.COMMITTED))),
                        "nothing is left",
                        "\"payments\" in O" + sequence);
            }
        }
    }

    @Test
    void contradictions_and_resolutions_outlive_turnovers_and_restarts_and_a_settled_one_does_not_come_back() {
        Resolution abort = forced(resolution(1, Ending.ABORTED));
        Resolution settled = forced(resolution(1, Ending.ABORTED));
        try (DecisionLog log = Samples.open(directory)) {
            log.appendHeuristic(heuristic(7));
            log.appendCommit(commit(1));
            log.appendResolution(abort);
        }
        for (int start = 0; start < 3; start++) {
            try (DecisionLog log = Samples.open(directory)) {
                turnOver(log);
                turnOver(log);
                assertEquals(List.of(heuristic(7), FORCED), log.heuristics());
                assertEquals(List.of(abort), log.resolutions());
                assertEquals(LEFT, log.unfinished().get(0));
            }
        }
        try (DecisionLog log = Samples.open(directory)) {
            log.appendResolution(settled);
            turnOver(log);
        }
        try (DecisionLog log = Samples.open(directory)) {
            turnOver(log);
            assertEquals(List.of(heuristic(7)), log.heuristics());
            assertEquals(List.of(abort, settled), log.resolutions());
            assertEquals(log.resolutions(), LogInspection.of(directory).resolutions());
        }
    }

    @Test
    void a_kill_right_after_a_resolution_keeps_it() {
        DecisionLog killed = Samples.open(directory);
        killed.appendCommit(commit(1));
        killed.appendResolution(resolution(1, Ending.COMMITTED));
        try (DecisionLog log = Samples.openAnyway(directory)) {
            assertEquals(List.of(LEFT), log.unfinished());
            assertEquals(1, log.resolutions().size());
        }
    }
}
