package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Transactions on virtual threads: their waiting leaves the carrier free. */
// Java 17 has none.
@EnabledForJreRange(min = JRE.JAVA_21)
final class VirtualThreadsTest {
    private static final String PINNED = "jdk.VirtualThreadPinned";
    private static final int THREADS = 200;

    @TempDir
    private Path folder;

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private static CompletableFuture<Void> started(Work work) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Runnable running = () -> {
            try {
                work.run();
                done.complete(done.getNow(null));
            } catch (Exception failure) {
                done.completeExceptionally(failure);
            }
        };
        // Not there in the oldest Java that this is compiled for.
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        start.invoke(null, running);
        return done;
    }

    private List<String> pinnedDuring(Work work) throws Exception {
        Path file = folder.resolve("pinned.jfr");
        try (Recording recording = new Recording()) {
            recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return read(file);
    }

    private static List<String> read(Path file) throws IOException {
        List<String> pinned = new ArrayList<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if (event.getEventType().getName().equals(PINNED)) {
                pinned.add(String.valueOf(event.getStackTrace()));
            }
        }
        return pinned;
    }

    @Test
    void a_commit_does_not_pin_its_carrier() throws Exception {
        try (AvowTransactionManager manager =
                AvowTransactionManager.at(folder.resolve("log")).open()) {
            // A class that is being loaded pins; that happens once.
            committed(manager);
            List<String> pinned = pinnedDuring(() -> {
                List<CompletableFuture<Void>> all = new ArrayList<>();
                for (int number = 0; number < THREADS; number++) {
                    all.add(started(() -> committed(manager)));
                }
                CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            });
            assertEquals(
                    List.of(),
                    pinned.stream().filter(stack -> stack.contains("dev.avow")).toList());
            assertTrue(manager.coordinator().pending().isEmpty());
        }
    }

    private static void committed(AvowTransactionManager manager) throws Exception {
        manager.begin();
        manager.getTransaction().enlistResource(new MockResource());
        manager.getTransaction().enlistResource(new MockResource());
        manager.commit();
    }

    /** While a class is initialized its virtual thread is pinned, in every Java so far. */
    private static final class Pinning {
        static final CountDownLatch LATCH = new CountDownLatch(1);

        static {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }

        private Pinning() {}
    }

    @Test
    void what_pins_is_seen() throws Exception {
        List<String> pinned =
                pinnedDuring(() -> started(() -> Pinning.LATCH.countDown()).get(60, TimeUnit.SECONDS));
        assertFalse(pinned.isEmpty());
    }
}
