package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.commit;
import static dev.avow.engine.log.Samples.heuristic;
import static dev.avow.engine.log.Samples.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogException;
import dev.avow.engine.LogFailedException;
import dev.avow.engine.LogFullException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every file operation of a workload fails once, in each of three ways; and the power fails at each. Whatever happens,
 * a later opening knows every commit that was acknowledged, none that was refused as not written, and of those whose
 * outcome is unknown either.
 */
final class FaultTest {

    private static final Path DIRECTORY = Path.of("/log");
    private static final int COMMITS = 30;

    /** What a caller was told, and what it may therefore expect. */
    private static final class Workload {

        final Set<Long> acknowledged = new TreeSet<>();
        final Set<Long> unknown = new TreeSet<>();
        final Set<Long> ended = new TreeSet<>();
        final Set<HeuristicRecord> heuristics = new HashSet<>();
        int refusedAfterFailure;

        /** Some forty small transactions, turnovers among them, in two incarnations. */
        void run(LogFiles files) {
            long sequence = 0;
            for (int incarnation = 0; incarnation < 2; incarnation++) {
                try (DecisionLog log = Samples.open(DIRECTORY, files)) {
                    for (int i = 0; i < COMMITS / 2; i++) {
                        transaction(log, ++sequence);
                    }
                } catch (LogException e) {
                    // Opening or closing failed: no record of ours was in it.
                }
            }
        }

        private void transaction(DecisionLog log, long sequence) {
            // Long, so that a few fill a segment.
            CommitRecord commit = new CommitRecord(id(sequence), "O" + sequence + "x".repeat(700), List.of("orders"));
            try {
                log.appendCommit(commit);
                acknowledged.add(sequence);
                if (sequence % 10 == 0) {
                    log.appendHeuristic(heuristic(sequence));
                    heuristics.add(heuristic(sequence));
                }
                if (sequence % 3 != 0) {
                    log.appendEnd(id(sequence));
                    ended.add(sequence);
                }
                log.appendAborted(id(1_000 + sequence), "A" + sequence);
            } catch (LogFailedException e) {
                if (acknowledged.contains(sequence)) {
                    return;
                }
                if (String.valueOf(e.getMessage()).contains("unknown")) {
                    unknown.add(sequence);
                } else {
                    refusedAfterFailure++;
                }
            } catch (LogFullException e) {
                refusedAfterFailure++;
            }
        }

        void check(DecisionLog log, String when) {
            Set<Long> found = Samples.committed(log, COMMITS);
            Set<Long> lost = new TreeSet<>(acknowledged);
            lost.removeAll(found);
            assertEquals(Set.of(), lost, "acknowledged commits were lost " + when);
            Set<Long> surplus = new TreeSet<>(found);
            surplus.removeAll(acknowledged);
            surplus.removeAll(unknown);
            assertEquals(Set.of(), surplus, "commits appeared that were refused " + when);
            for (CommitRecord unfinished : log.unfinished()) {
                assertTrue(
                        unfinished.id().sequence() > COMMITS
                                || found.contains(unfinished.id().sequence()),
                        "an unfinished commit is not remembered " + when);
            }
            for (long sequence : found) {
                boolean unfinished =
                        log.unfinished().stream().anyMatch(commit -> commit.id().sequence() == sequence);
                assertTrue(unfinished || ended.contains(sequence), sequence + " ended by itself " + when);
            }
            assertTrue(log.heuristics().containsAll(heuristics), "heuristic decisions were lost " + when);
        }
    }

    @Test
    void a_fault_at_any_operation_loses_no_acknowledged_commit_and_the_log_can_be_opened_again() {
        int operations = operationsWithoutFault();
        int failed = 0;
        for (FaultyFiles.Fault fault : FaultyFiles.Fault.values()) {
            for (int operation = 0; operation < operations; operation++) {
                MemoryDisk disk = new MemoryDisk();
                FaultyFiles files = new FaultyFiles(disk).failAt(operation, fault);
                Workload workload = new Workload();
                workload.run(files);
                assertTrue(
                        files.hasFailed(), operation + " was never reached, with " + fault + ", " + files.operations);
                failed += workload.refusedAfterFailure;
                String when = "after operation " + operation + " failed having done " + fault;
                try (DecisionLog log = Samples.open(DIRECTORY, disk)) {
                    workload.check(log, when);
                    log.appendCommit(commit(99));
                } catch (LogException e) {
                    throw new AssertionError("the log doesn't open " + when, e);
                }
                for (int seed = 0; seed < 4; seed++) {
                    try (DecisionLog log = Samples.open(DIRECTORY, disk.afterPowerLoss(seed))) {
                        workload.check(log, when + ", then the power, seed " + seed);
                    }
                }
            }
        }
        System.out.println("FaultTest: " + 4 * operations * FaultyFiles.Fault.values().length
                + " times an operation failed and then the power");
        assertTrue(failed > operations, "a stopped log must refuse what follows");
    }

    private static int operationsWithoutFault() {
        FaultyFiles files = new FaultyFiles(new MemoryDisk());
        Workload workload = new Workload();
        workload.run(files);
        assertEquals(COMMITS, workload.acknowledged.size());
        assertEquals(0, workload.refusedAfterFailure);
        assertTrue(files.operations.get() > 150, files.operations + " operations: are there turnovers among them?");
        return files.operations.get();
    }

    /** Halts every time at another force, so that what was written since is in doubt, sector by sector. */
    @Test
    void power_loss_at_any_force_loses_no_acknowledged_commit() {
        FaultyFiles whole = new FaultyFiles(new MemoryDisk());
        new Workload().run(whole);
        for (int force = 1; force <= whole.forces.get(); force++) {
            MemoryDisk disk = new MemoryDisk();
            FaultyFiles files = new FaultyFiles(disk);
            Workload workload = new Workload();
            int last = force;
            files.beforeForce(() -> {
                if (files.forces.get() == last) {
                    for (int seed = 0; seed < 20; seed++) {
                        String when = "at force " + last + ", seed " + seed;
                        MemoryDisk found = disk.afterPowerLoss(seed);
                        Workload soFar = inFlight(workload);
                        try (DecisionLog log = Samples.open(DIRECTORY, found)) {
                            soFar.check(log, when);
                        } catch (LogException e) {
                            throw new AssertionError("the log doesn't open " + when, e);
                        }
                        // And once more, during that recovery's aftermath.
                        try (DecisionLog log = Samples.open(DIRECTORY, found.afterPowerLoss(seed))) {
                            soFar.check(log, when + ", again");
                        }
                    }
                }
            });
            workload.run(files);
        }
        System.out.println(
                "FaultTest: " + 2 * 20 * whole.forces.get() + " times the power failed at a force or after it");
    }

    /** At the moment of a force the next transaction's records are on their way: its outcome is open. */
    private static Workload inFlight(Workload workload) {
        Workload copy = new Workload();
        copy.acknowledged.addAll(workload.acknowledged);
        copy.ended.addAll(workload.ended);
        copy.heuristics.addAll(workload.heuristics);
        copy.unknown.add(workload.acknowledged.size() + 1L);
        // An end may already be appended though the workload hasn't noted it yet; ends never appear by themselves.
        copy.ended.addAll(workload.acknowledged.stream()
                .filter(sequence -> sequence == workload.acknowledged.size())
                .toList());
        return copy;
    }

    @Test
    void a_failed_force_is_never_tried_again() {
        MemoryDisk disk = new MemoryDisk();
        FaultyFiles files = new FaultyFiles(disk);
        DecisionLog log = Samples.open(DIRECTORY, files);
        log.appendCommit(commit(1));
        int operation = files.operations.get() + 1; // the write comes first
        files.failAt(operation, FaultyFiles.Fault.NOTHING);
        LogFailedException failed = assertThrows(LogFailedException.class, () -> log.appendCommit(commit(2)));
        Samples.assertSays(failed, "unknown", "/log", "injected");
        int after = files.operations.get();
        assertThrows(LogFailedException.class, () -> log.appendCommit(commit(3)));
        assertThrows(LogFailedException.class, () -> log.appendEnd(id(1)));
        log.close();
        assertEquals(after, files.operations.get(), "a stopped log touched its files");
        assertEquals(List.of(commit(1)), log.unfinished(), "what was durable can still be read");
    }
}
