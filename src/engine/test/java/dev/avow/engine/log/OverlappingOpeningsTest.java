package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.commit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogRefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Several processes open one log at once, on a disk that keeps no locks: a slow opening stands still before each of its
 * file operations in turn, while others do all of theirs. All have the same process id, as containers do. (Fenced)
 */
final class OverlappingOpeningsTest {

    private static final Path DIRECTORY = Path.of("log");

    private final Map<CommitRecord, Integer> acknowledged = new HashMap<>();
    private final List<DecisionLog> opened = new ArrayList<>();
    private MemoryDisk disk = new MemoryDisk();
    private long sequence;

    private FaultyFiles files() {
        return new FaultyFiles(disk).ignoringLocks();
    }

    private Optional<DecisionLog> tryOpen(FaultyFiles files) {
        try {
            DecisionLog log = Samples.open(DIRECTORY, files);
            acknowledged.forEach((record, by) -> assertTrue(
                    by >= log.incarnation() || log.unfinished().contains(record),
                    () -> "incarnation " + log.incarnation() + " doesn't know what " + by + " has acknowledged"));
            opened.add(log);
            return Optional.of(log);
        } catch (LogRefusedException withdrawn) {
            return Optional.empty();
        }
    }

    private void openAndAppend() {
        tryOpen(files()).ifPresent(this::append);
    }

    private void append(DecisionLog log) {
        CommitRecord record = commit(++sequence);
        log.appendCommit(record);
        acknowledged.put(record, log.incarnation());
    }

    /** Only the one of the highest number may be left. */
    private void everyoneAppends() {
        int highest = opened.stream().mapToInt(DecisionLog::incarnation).max().orElseThrow();
        assertEquals(
                opened.size(),
                opened.stream().map(DecisionLog::incarnation).distinct().count(),
                "two of them share a number");
        for (DecisionLog log : List.copyOf(opened)) {
            if (log.incarnation() < highest) {
                assertThrows(LogRefusedException.class, () -> log.appendCommit(commit(++sequence)));
            }
        }
    }

    private void reset() {
        disk = new MemoryDisk();
        opened.clear();
        acknowledged.clear();
    }

    private int operationsOfAnOpening(Runnable before) {
        before.run();
        FaultyFiles counting = files();
        Samples.open(DIRECTORY, counting);
        int count = counting.operations.get();
        assertTrue(count > 20, "an opening has only " + count + " operations");
        reset();
        return count;
    }

    @Test
    void wherever_a_slow_opening_stands_still_all_who_were_overtaken_stay_refused() {
        tryEveryPair(this::openAndAppend);
    }

    @Test
    void also_when_the_slow_one_was_about_to_create_the_log() {
        tryEveryPair(() -> {});
    }

    private void tryEveryPair(Runnable before) {
        int operations = operationsOfAnOpening(before);
        int withdrawn = 0;
        for (int first = 0; first < operations; first++) {
            for (int second = first; second < operations; second++) {
                before.run();
                FaultyFiles slow = slow(first, second);
                withdrawn += tryOpen(slow).isEmpty() ? 1 : 0;
                slow.meanwhile(Map.of());
                everyoneAppends();
                openAndAppend();
                everyoneAppends();
                reset();
            }
        }
        assertTrue(withdrawn > operations, "only " + withdrawn + " slow openings withdrew");
    }

    /** The one that stands still goes on while the other does, and each may have seen the other half done. */
    @Test
    void of_two_that_create_the_log_in_turns_one_is_refused_and_no_damage_is_found() throws Exception {
        int operations = operationsOfAnOpening(() -> {});
        for (int first = 0; first < operations; first++) {
            for (int second = 0; second < operations; second++) {
                takeTurns(first, second);
                everyoneAppends();
                openAndAppend();
                everyoneAppends();
                reset();
            }
        }
    }

    /** One opens as far as the first point, another as far as the second, and then both to the end. */
    private void takeTurns(int first, int second) throws Exception {
        CountDownLatch standsStill = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        FutureTask<Optional<DecisionLog>> other = new FutureTask<>(() -> {
            try {
                return tryOpen(files().meanwhile(Map.of(second, () -> {
                    standsStill.countDown();
                    await(goesOn);
                })));
            } finally {
                standsStill.countDown();
            }
        });
        tryOpen(files().meanwhile(Map.of(first, () -> {
            new Thread(other).start();
            await(standsStill);
        })));
        goesOn.countDown();
        var unused = other.get(10, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS), "the other opening has come to nothing");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** One newcomer at the first point, and two after another at the second, which is later or the same. */
    private FaultyFiles slow(int first, int second) {
        Runnable twice = () -> {
            openAndAppend();
            openAndAppend();
        };
        return files().meanwhile(
                        first == second ? Map.of(first, twice) : Map.of(first, this::openAndAppend, second, twice));
    }
}
