package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In which order callbacks come and with which transaction, whoever commits, and what they may throw. */
final class CallbacksTest {
    private static final Integer COMMITTED = Status.STATUS_COMMITTED;
    private static final Integer ROLLED_BACK = Status.STATUS_ROLLEDBACK;

    @TempDir
    private Path folder;

    private final List<Integer> after = new ArrayList<>();
    private PolicedPair pair;
    private AvowTransactionManager manager;
    private Transaction transaction;

    @BeforeEach
    void begin() throws Exception {
        pair = new PolicedPair(folder.resolve("log"));
        manager = pair.manager;
        manager.begin();
        transaction = manager.getTransaction();
    }

    @AfterEach
    void close() {
        pair.close();
    }

    /** An exception, an error, and what other languages throw without saying so. */
    static List<Throwable> thrown() {
        return List.of(new IllegalStateException("a veto"), new AssertionError("a veto"), new IOException("a veto"));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whatever_is_thrown_before_the_completion_rolls_back_and_is_the_cause(Throwable veto) throws Exception {
        pair.enlist(pair.orders);
        transaction.registerSynchronization(Called.before(() -> {
            throw veto;
        }));
        transaction.registerSynchronization(Called.after(after::add));
        RollbackException rolledBack = assertThrows(RollbackException.class, manager::commit);
        assertSame(veto, rolledBack.getCause());
        assertEquals(List.of(ROLLED_BACK), after);
        assertEquals(1, pair.orders.count("rollback"));
        assertEquals(Status.STATUS_NO_TRANSACTION, manager.getStatus());
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whatever_is_thrown_after_the_completion_concerns_nobody_else(Throwable late) throws Exception {
        pair.registry.registerInterposedSynchronization(Called.after(status -> {
            throw late;
        }));
        transaction.registerSynchronization(Called.after(status -> {
            throw late;
        }));
        transaction.registerSynchronization(Called.after(after::add));
        manager.commit();
        assertEquals(List.of(COMMITTED), after);
        assertEquals(Status.STATUS_NO_TRANSACTION, manager.getStatus());
    }

    @Test
    void those_registered_meanwhile_come_in_the_standards_order_too() throws Exception {
        List<String> notes = new ArrayList<>();
        pair.registry.registerInterposedSynchronization(new Noted(
                "interposed",
                notes,
                () -> pair.registry.registerInterposedSynchronization(new Noted("interposed by interposed", notes))));
        transaction.registerSynchronization(Called.before(() -> {
            transaction.registerSynchronization(new Noted("regular", notes));
            pair.registry.registerInterposedSynchronization(new Noted("interposed by regular", notes));
        }));
        manager.commit();
        assertEquals(
                List.of(
                        "regular before",
                        "interposed before",
                        "interposed by regular before",
                        "interposed by interposed before",
                        "interposed committed",
                        "interposed by regular committed",
                        "interposed by interposed committed",
                        "regular committed"),
                notes);
    }

    @Test
    void a_marked_transaction_is_rolled_back_without_asking_them_before() throws Exception {
        List<String> notes = new ArrayList<>();
        transaction.registerSynchronization(new Noted("regular", notes));
        manager.setRollbackOnly();
        pair.registry.registerInterposedSynchronization(new Noted("interposed", notes));
        assertThrows(RollbackException.class, manager::commit);
        assertEquals(List.of("interposed rolled back", "regular rolled back"), notes);
    }

    @Test
    void another_may_begin_and_end_after_the_completion() throws Exception {
        transaction.registerSynchronization(Called.after(status -> {
            manager.begin();
            pair.enlist(pair.broker);
            manager.commit();
            after.add(status);
        }));
        manager.commit();
        assertEquals(List.of(COMMITTED), after);
        assertEquals(1, pair.broker.count("commit in one phase"));
    }

    @Test
    void they_have_the_transaction_before_and_none_after_where_another_thread_commits() throws Exception {
        AtomicReference<Transaction> before = new AtomicReference<>();
        AtomicReference<Transaction> behind = new AtomicReference<>(transaction);
        transaction.registerSynchronization(
                new Called(() -> before.set(manager.getTransaction()), status -> behind.set(manager.getTransaction())));
        manager.suspend();
        pair.elsewhere(() -> {
            transaction.commit();
            return manager.getStatus();
        });
        assertSame(transaction, before.get());
        assertNull(behind.get());
    }

    @Test
    void they_never_have_the_committing_threads_own_other_transaction_which_it_keeps() throws Exception {
        AtomicReference<Transaction> before = new AtomicReference<>();
        AtomicReference<Transaction> behind = new AtomicReference<>(transaction);
        transaction.registerSynchronization(
                new Called(() -> before.set(manager.getTransaction()), status -> behind.set(manager.getTransaction())));
        manager.suspend();
        manager.begin();
        Transaction own = manager.getTransaction();
        transaction.commit();
        assertSame(transaction, before.get());
        assertNull(behind.get());
        assertSame(own, manager.getTransaction());
        manager.rollback();
    }

    /** What an object-relational mapper flushes there must not be committed by itself. */
    @Test
    void what_is_written_before_the_completion_is_rolled_back_also_where_another_thread_commits() throws Exception {
        try (Bank bank = new Bank(folder.resolve("bank"))) {
            bank.manager.begin();
            Transaction refused = bank.manager.getTransaction();
            refused.enlistResource(new MockResource().failing("prepare", XAException.XA_RBINTEGRITY));
            refused.registerSynchronization(Called.before(() -> bank.writeBoth("O1")));
            bank.manager.suspend();
            assertThrows(
                    RollbackException.class,
                    () -> pair.elsewhere(() -> {
                        refused.commit();
                        return "committed";
                    }));
            assertEquals("0 0", bank.found("O1"));
        } finally {
            manager.rollback();
        }
    }

    @Test
    void a_mixed_outcome_is_committed_to_them() throws Exception {
        pair.enlist(pair.orders);
        pair.enlist(pair.broker);
        pair.broker.failingOnce("commit", XAException.XA_HEURRB);
        transaction.registerSynchronization(Called.after(after::add));
        assertThrows(HeuristicMixedException.class, manager::commit);
        assertEquals(List.of(COMMITTED), after);
    }
}
