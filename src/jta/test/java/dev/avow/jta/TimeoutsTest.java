package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.AvowOptions;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a transaction's time is over. */
final class TimeoutsTest {
    private static final Duration USUAL = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    private AvowTransactionManager manager;

    @BeforeEach
    void open() {
        manager = AvowTransactionManager.at(folder.resolve("log"))
                .options(AvowOptions.defaults().withWorkTimeout(USUAL))
                .open();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private static void awaitRolledBack(Transaction transaction) throws Exception {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (transaction.getStatus() != Status.STATUS_ROLLEDBACK) {
            assertTrue(System.nanoTime() < deadlineNanos, "it isn't rolled back");
            Thread.onSpinWait();
        }
    }

    private static String messageOf(Exception failure) {
        return String.valueOf(failure.getMessage());
    }

    /** Says its timeout when it is over. */
    private String timeoutOfNext() throws Exception {
        manager.begin();
        MockResource atWork = new MockResource();
        manager.getTransaction().enlistResource(atWork);
        awaitRolledBack(manager.getTransaction());
        // Not passed on: see README.
        assertEquals(List.of(), atWork.timeouts);
        return messageOf(assertThrows(RollbackException.class, manager::commit)).replaceAll(".*timeout of ", "");
    }

    @Test
    void one_that_is_set_in_a_transaction_holds_from_the_next() throws Exception {
        manager.begin();
        manager.setTransactionTimeout(1);
        assertEquals("PT2S", timeoutOfThisOne());
        assertEquals("PT1S", timeoutOfNext());
    }

    private String timeoutOfThisOne() throws Exception {
        awaitRolledBack(manager.getTransaction());
        return messageOf(assertThrows(RollbackException.class, manager::commit)).replaceAll(".*timeout of ", "");
    }

    @Test
    void zero_means_the_usual_again() throws Exception {
        manager.setTransactionTimeout(1);
        manager.setTransactionTimeout(0);
        assertEquals("PT2S", timeoutOfNext());
    }

    @Test
    void another_threads_timeout_is_its_own() throws Exception {
        manager.setTransactionTimeout(1);
        FutureTask<String> another = new FutureTask<>(this::timeoutOfNext);
        new Thread(another).start();
        assertEquals("PT2S", another.get(60, TimeUnit.SECONDS));
    }

    @Test
    void during_work_it_rolls_back_in_another_thread() throws Exception {
        manager.setTransactionTimeout(1);
        manager.begin();
        MockResource atWork = new MockResource();
        manager.getTransaction().enlistResource(atWork);
        awaitRolledBack(manager.getTransaction());
        assertEquals(List.of("start", "end fail", "rollback"), atWork.calls);
        assertTrue(messageOf(assertThrows(RollbackException.class, manager::commit))
                .contains("timeout of PT1S"));
        assertEquals(Status.STATUS_NO_TRANSACTION, manager.getStatus());
    }

    @Test
    void of_a_suspended_transaction_goes_on() throws Exception {
        manager.setTransactionTimeout(1);
        manager.begin();
        Transaction suspended = manager.suspend();
        awaitRolledBack(suspended);
        manager.resume(suspended);
        assertThrows(RollbackException.class, manager::commit);
    }

    @Test
    void in_before_completion_it_rolls_back() throws Exception {
        manager.setTransactionTimeout(1);
        manager.begin();
        Transaction late = manager.getTransaction();
        MockResource atWork = new MockResource();
        late.enlistResource(atWork);
        late.registerSynchronization(new Noted("slow", new ArrayList<>(), () -> {
            try {
                awaitRolledBack(late);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }));
        assertTrue(messageOf(assertThrows(RollbackException.class, manager::commit))
                .contains("timeout of PT1S"));
        assertEquals(List.of("start", "end fail", "rollback"), atWork.calls);
    }

    @Test
    void during_prepare_it_waits_for_no_more_votes() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        manager.setTransactionTimeout(1);
        manager.begin();
        MockResource quick = new MockResource();
        manager.getTransaction().enlistResource(quick);
        manager.getTransaction().enlistResource(new MockResource().during("prepare", () -> await(held)));
        String said = messageOf(assertThrows(RollbackException.class, manager::commit));
        assertTrue(said.contains("no vote came from [unregistered#3] within PT0."), said);
        assertEquals("rollback", quick.calls.get(quick.calls.size() - 1));
        held.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("never let go");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
