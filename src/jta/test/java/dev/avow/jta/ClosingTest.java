package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.AvowOptions;
import dev.avow.engine.Observer;
import dev.avow.engine.TransactionId;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manager is closed while its transactions are under way. */
final class ClosingTest {
    @TempDir
    private Path folder;

    @Test
    void what_it_rolls_back_its_synchronizations_and_its_owner_hear() throws Exception {
        try (PolicedPair pair = new PolicedPair(folder)) {
            List<Integer> after = Collections.synchronizedList(new ArrayList<>());
            pair.manager.begin();
            Transaction open = pair.manager.getTransaction();
            pair.enlist(pair.orders);
            open.registerSynchronization(Called.after(after::add));
            pair.elsewhere(() -> {
                pair.manager.close();
                return true;
            });
            assertEquals(List.of(Status.STATUS_ROLLEDBACK), after);
            assertEquals(1, pair.orders.count("rollback"));
            assertEquals(Status.STATUS_ROLLEDBACK, open.getStatus());
            IllegalStateException late = assertThrows(IllegalStateException.class, pair.manager::commit);
            assertTrue(String.valueOf(late.getMessage()).contains("closed"), late::toString);
            assertNull(pair.manager.getTransaction());
        }
    }

    @Test
    void a_suspended_one_is_rolled_back_and_told_too() throws Exception {
        try (PolicedPair pair = new PolicedPair(folder)) {
            List<Integer> after = new ArrayList<>();
            pair.manager.begin();
            pair.manager.getTransaction().registerSynchronization(Called.after(after::add));
            Transaction suspended = pair.manager.suspend();
            pair.manager.close();
            pair.manager.close();
            assertEquals(List.of(Status.STATUS_ROLLEDBACK), after);
            assertThrows(IllegalStateException.class, suspended::commit);
        }
    }

    @Test
    void a_commit_beside_it_is_all_or_nothing() throws Exception {
        try (PolicedPair pair = new PolicedPair(folder)) {
            CountDownLatch preparing = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            pair.orders.during("prepare", () -> {
                preparing.countDown();
                await(goOn);
            });
            Future<Boolean> commit = pair.aside(() -> {
                pair.manager.begin();
                pair.enlist(pair.orders);
                pair.enlist(pair.broker);
                try {
                    pair.manager.commit();
                    return true;
                } catch (RollbackException rolledBack) {
                    return false;
                }
            });
            await(preparing);
            Future<Boolean> close = pair.aside(() -> {
                pair.manager.close();
                return true;
            });
            goOn.countDown();
            boolean committed = PolicedPair.resultOf(commit);
            assertTrue(PolicedPair.resultOf(close));
            assertEquals(committed ? 1 : 0, pair.orders.count("commit"));
            assertEquals(committed ? 1 : 0, pair.broker.count("commit"));
            assertTrue(pair.orders.isEmpty() && pair.broker.isEmpty());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void what_begins_beside_it_is_refused_and_its_thread_is_in_no_transaction() throws Exception {
        CompletableFuture<AvowTransactionManager> closing = new CompletableFuture<>();
        Observer closer = new Observer() {
            @Override
            public void began(TransactionId id, String name) {
                closing.join().close();
            }

            @Override
            public void observe(Step step) {}
        };
        try (AvowTransactionManager manager = AvowTransactionManager.at(folder)
                .options(AvowOptions.defaults().withObserver(closer))
                .open()) {
            closing.complete(manager);
            SystemException refused = assertThrows(SystemException.class, manager::begin);
            assertTrue(String.valueOf(refused.getMessage()).contains("closed"), refused::toString);
            assertNull(manager.getTransaction());
        }
    }
}
