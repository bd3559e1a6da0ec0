package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogRefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Up to four processes open one log without locks, append and turn over, in random schedules with deaths and losses of
 * power: no number is served under twice, what was acknowledged is found by every later incarnation, and what one didn't
 * find, none that is later does. (DecisionLog.tla: NumbersAreUnique, AcknowledgedSurvives, PresumptionStands)
 */
final class OpeningScheduleTest {
    private static final Path DIRECTORY = Path.of("log");
    private static final int SEEDS = 500;
    private static final int ROUNDS = 3;

    private final Map<Integer, Set<CommitRecord>> foundBy = new HashMap<>();
    private final Map<CommitRecord, Integer> begunBy = new HashMap<>();
    private final Map<CommitRecord, Integer> acknowledgedBy = new HashMap<>();
    private final List<String> broken = new ArrayList<>();
    private long sequence;

    private void live(LogFiles files, int appends, int nameLength) {
        try {
            DecisionLog log = Samples.open(DIRECTORY, files);
            opened(log.incarnation(), new HashSet<>(log.unfinished()));
            for (int i = 0; i < appends; i++) {
                CommitRecord record = new CommitRecord(id(++sequence), "x".repeat(nameLength), List.of("orders"));
                begunBy.put(record, log.incarnation());
                log.appendCommit(record);
                acknowledgedBy.put(record, log.incarnation());
                foundBy.forEach((later, found) -> requireFound(record, later, found));
            }
        } catch (LogRefusedException overtaken) {
            // As it should be.
        } catch (RuntimeException other) {
            if (!Schedule.isDeath(other)) {
                broken.add(String.valueOf(other));
            }
        }
    }

    private void opened(int incarnation, Set<CommitRecord> found) {
        acknowledgedBy.keySet().forEach(record -> requireFound(record, incarnation, found));
        foundBy.forEach((other, before) -> {
            requirePresumed(other, before, incarnation, found);
            requirePresumed(incarnation, found, other, before);
        });
        if (foundBy.put(incarnation, found) != null) {
            broken.add("incarnation " + incarnation + " was opened twice");
        }
    }

    private void requireFound(CommitRecord acknowledged, int incarnation, Set<CommitRecord> found) {
        if (acknowledgedBy.getOrDefault(acknowledged, 0) < incarnation && !found.contains(acknowledged)) {
            broken.add(incarnation + " didn't find what " + acknowledgedBy.get(acknowledged) + " had acknowledged");
        }
    }

    private void requirePresumed(int earlier, Set<CommitRecord> before, int later, Set<CommitRecord> found) {
        for (CommitRecord record : found) {
            if (begunBy.getOrDefault(record, 0) < earlier && earlier < later && !before.contains(record)) {
                broken.add(later + " found what " + earlier + " had presumed not to exist");
            }
        }
    }

    private void runSeed(long seed, boolean isCreatedBefore, boolean losesPower) {
        Random random = new Random(seed);
        MemoryDisk disk = new MemoryDisk();
        if (isCreatedBefore) {
            live(new FaultyFiles(disk).ignoringLocks(), 1, 1);
        }
        for (int round = 0; round < ROUNDS; round++) {
            Schedule schedule = new Schedule(seed + round, disk);
            int processes = 2 + random.nextInt(3);
            for (int process = 0; process < processes; process++) {
                int appends = 1 + random.nextInt(4);
                int nameLength = random.nextBoolean() ? 3_000 : 1;
                schedule.add(files -> live(files, appends, nameLength));
            }
            schedule.run();
            disk = losesPower ? disk.afterPowerLoss(seed) : disk;
        }
        live(new FaultyFiles(disk).ignoringLocks(), 1, 1);
        assertEquals(List.of(), broken, "seed " + seed);
        foundBy.clear();
        begunBy.clear();
        acknowledgedBy.clear();
    }

    @ParameterizedTest
    @CsvSource({"true, false", "true, true", "false, false", "false, true"})
    void whatever_the_schedule_no_decision_is_lost_doubled_or_raised_from_the_dead(
            boolean isCreatedBefore, boolean losesPower) {
        int served = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            runSeed(seed, isCreatedBefore, losesPower);
            served += (int) sequence;
        }
        System.out.println("OpeningScheduleTest: " + SEEDS + " schedules");
        assertTrue(served > SEEDS, served + " appends");
    }
}
