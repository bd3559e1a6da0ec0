package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.commit;
import static dev.avow.engine.log.Samples.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.DecisionLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the real disk, where a FileChannel would close itself. */
final class InterruptTest {

    @TempDir
    Path directory;

    @Test
    void an_interrupted_thread_opens_appends_turns_over_inspects_and_closes() {
        Thread.currentThread().interrupt();
        try {
            try (DecisionLog log = Samples.open(directory.resolve("new"))) {
                for (long sequence = 1; sequence <= 200; sequence++) {
                    log.appendCommit(commit(sequence));
                    log.appendEnd(id(sequence));
                }
                assertEquals(
                        1,
                        FileDecisionLog.inspect(directory.resolve("new"))
                                .unfinished()
                                .size());
            }
            try (DecisionLog log = Samples.open(directory.resolve("new"))) {
                assertEquals(200, Samples.committed(log, 200).size());
            }
        } finally {
            assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        }
    }

    @Test
    void interrupts_from_all_sides_harm_no_append() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        AtomicInteger acknowledged = new AtomicInteger();
        try (DecisionLog log = Samples.open(directory)) {
            for (int writer = 0; writer < 4; writer++) {
                int first = writer * 100;
                Thread thread = new Thread(() -> {
                    for (int i = 1; i <= 100; i++) {
                        log.appendCommit(commit(first + i));
                        acknowledged.incrementAndGet();
                    }
                });
                threads.add(thread);
                thread.start();
            }
            while (threads.stream().anyMatch(Thread::isAlive)) {
                threads.forEach(Thread::interrupt);
            }
            assertEquals(400, acknowledged.get());
            assertEquals(400, log.unfinished().size());
        }
        try (DecisionLog log = Samples.open(directory)) {
            assertEquals(400, log.unfinished().size());
        }
    }
}
