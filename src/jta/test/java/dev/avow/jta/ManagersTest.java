package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.LogInUseException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several managers in one process, opened and closed again and again. */
final class ManagersTest {
    @TempDir
    private Path folder;

    private AvowTransactionManager open(String name) {
        return AvowTransactionManager.at(folder.resolve(name)).open();
    }

    @Test
    void each_has_its_own_transaction_in_a_thread() throws Exception {
        try (AvowTransactionManager one = open("one");
                AvowTransactionManager two = open("two")) {
            one.begin();
            assertEquals(Status.STATUS_NO_TRANSACTION, two.getStatus());
            assertNull(two.getTransaction());
            two.begin();
            Transaction ofTwo = two.suspend();
            assertThrows(InvalidTransactionException.class, () -> {
                one.suspend();
                one.resume(ofTwo);
            });
            two.resume(ofTwo);
            two.commit();
        }
    }

    @Test
    void closing_one_touches_no_other() throws Exception {
        AvowTransactionManager one = open("one");
        try (AvowTransactionManager two = open("two")) {
            two.begin();
            one.begin();
            one.close();
            one.close();
            MockResource first = new MockResource();
            two.getTransaction().enlistResource(first);
            two.commit();
            assertTrue(first.calls.contains("commit in one phase"));
            assertNull(one.suspend());
            assertThrows(SystemException.class, one::begin);
        }
    }

    @Test
    void a_log_belongs_to_one_at_a_time() {
        try (AvowTransactionManager one = open("one")) {
            assertNotNull(one.coordinator());
            assertThrows(LogInUseException.class, () -> open("one"));
        }
        open("one").close();
    }

    @Test
    void those_that_are_closed_leave_no_thread_and_can_be_collected() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        WeakReference<AvowTransactionManager> last = new WeakReference<>(null);
        for (int round = 0; round < 20; round++) {
            last = usedOnce();
        }
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!last.refersTo(null) || !more(before).isEmpty()) {
            assertTrue(
                    System.nanoTime() < deadlineNanos,
                    "still there: " + (last.refersTo(null) ? more(before) : "the manager"));
            System.gc();
        }
    }

    private static Set<Thread> more(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.getName().startsWith("avow"))
                .collect(Collectors.toSet());
    }

    private WeakReference<AvowTransactionManager> usedOnce() throws Exception {
        try (AvowTransactionManager manager = open("one")) {
            manager.begin();
            manager.getTransaction().enlistResource(new MockResource());
            manager.getTransaction().enlistResource(new MockResource());
            manager.commit();
            // Left behind by the thread, which lives on.
            manager.begin();
            return new WeakReference<>(manager);
        }
    }

    @Test
    void two_that_are_named_alike_keep_their_names_apart() throws Exception {
        try (AvowTransactionManager one = AvowTransactionManager.at(folder.resolve("one"))
                        .resource("orders", new Unreachable())
                        .open();
                AvowTransactionManager two = open("two")) {
            assertNotNull(one.named("orders", new MockResource()));
            assertFalse(assertThrows(IllegalArgumentException.class, () -> two.named("orders", new MockResource()))
                    .toString()
                    .isBlank());
        }
    }
}
