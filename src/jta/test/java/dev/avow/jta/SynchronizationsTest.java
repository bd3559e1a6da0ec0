package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is called around the completion, and who isn't. */
final class SynchronizationsTest {
    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();
    private AvowTransactionManager manager;
    private Transaction transaction;

    @BeforeEach
    void begin() throws Exception {
        manager = AvowTransactionManager.at(folder.resolve("log")).open();
        manager.begin();
        transaction = manager.getTransaction();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void a_rollback_calls_them_only_afterwards() throws Exception {
        transaction.registerSynchronization(new Noted("regular", notes));
        manager.synchronizationRegistry().registerInterposedSynchronization(new Noted("interposed", notes));
        manager.rollback();
        assertEquals(List.of("interposed rolled back", "regular rolled back"), notes);
    }

    @Test
    void one_may_veto_before_the_completion() throws Exception {
        MockResource atWork = new MockResource();
        transaction.enlistResource(atWork);
        transaction.registerSynchronization(new Noted("veto", notes, () -> {
            try {
                manager.setRollbackOnly();
            } catch (RuntimeException unexpected) {
                notes.add(unexpected.toString());
            }
        }));
        transaction.registerSynchronization(new Noted("other", notes));
        assertThrows(RollbackException.class, manager::commit);
        assertEquals(List.of("veto before", "other before", "veto rolled back", "other rolled back"), notes);
        assertEquals(List.of("start", "end fail", "rollback"), atWork.calls);
    }

    @Test
    void a_failure_afterwards_concerns_nobody_else() throws Exception {
        transaction.registerSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                throw new IllegalStateException("the mail server is down");
            }
        });
        transaction.registerSynchronization(new Noted("other", notes));
        manager.commit();
        assertEquals(List.of("other before", "other committed"), notes);
    }

    @Test
    void a_transaction_equals_itself_alone_and_serves_as_a_key() throws Exception {
        Map<Transaction, String> known = new HashMap<>();
        known.put(transaction, "first");
        manager.suspend();
        manager.begin();
        assertNotEquals(transaction, manager.getTransaction());
        manager.commit();
        manager.resume(transaction);
        assertEquals("first", known.get(manager.getTransaction()));
        assertEquals(transaction.hashCode(), manager.getTransaction().hashCode());
        manager.commit();
        assertEquals("first", known.get(transaction));
    }
}
