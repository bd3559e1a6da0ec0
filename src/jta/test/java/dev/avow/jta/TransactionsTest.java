package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The standard's calls, on two real databases and on resources that fail as they are told. */
final class TransactionsTest {
    @TempDir
    private Path folder;

    private Bank bank;
    private AvowTransactionManager manager;

    @BeforeEach
    void open() throws SQLException {
        bank = new Bank(folder);
        manager = bank.manager;
    }

    @AfterEach
    void close() {
        bank.close();
    }

    @Test
    void a_commit_is_in_both_databases_and_a_rollback_in_none() throws Exception {
        manager.begin("O1");
        bank.writeBoth("O1");
        assertEquals("0 0", bank.found("O1"));
        manager.commit();
        assertEquals("1 1", bank.found("O1"));
        assertEquals(Status.STATUS_NO_TRANSACTION, manager.getStatus());
        manager.begin();
        bank.writeBoth("O2");
        manager.rollback();
        assertEquals("0 0", bank.found("O2"));
        assertNull(manager.getTransaction());
    }

    @Test
    void without_a_transaction_a_statement_commits_by_itself() throws Exception {
        bank.write("orders", "O1");
        assertEquals("1 0", bank.found("O1"));
    }

    @Test
    void what_was_marked_can_only_be_rolled_back() throws Exception {
        manager.begin();
        bank.writeBoth("O1");
        manager.setRollbackOnly();
        assertEquals(Status.STATUS_MARKED_ROLLBACK, manager.getStatus());
        Transaction marked = manager.getTransaction();
        assertThrows(RollbackException.class, () -> marked.enlistResource(new MockResource()));
        assertThrows(
                RollbackException.class, () -> marked.registerSynchronization(new Noted("late", new ArrayList<>())));
        assertThrows(RollbackException.class, manager::commit);
        assertEquals("0 0", bank.found("O1"));
        assertEquals(Status.STATUS_ROLLEDBACK, marked.getStatus());
    }

    @Test
    @SuppressWarnings("NullAway") // as a caller without NullAway may
    void transactions_do_not_nest_and_are_suspended_instead() throws Exception {
        manager.begin();
        bank.write("orders", "outer");
        assertThrows(NotSupportedException.class, manager::begin);
        Transaction outer = manager.suspend();
        assertNull(manager.suspend());
        manager.begin();
        bank.writeBoth("inner");
        assertThrows(IllegalStateException.class, () -> manager.resume(outer));
        manager.commit();
        assertEquals("1 1", bank.found("inner"));
        manager.resume(outer);
        assertSame(outer, manager.getTransaction());
        bank.write("payments", "outer");
        manager.rollback();
        assertEquals("0 0", bank.found("outer"));
        assertThrows(InvalidTransactionException.class, () -> manager.resume(outer));
        assertThrows(InvalidTransactionException.class, () -> manager.resume(null));
    }

    @Test
    void synchronizations_come_in_the_standards_order_and_without_a_transaction_afterwards() throws Exception {
        List<String> notes = new ArrayList<>();
        TransactionSynchronizationRegistry registry = manager.synchronizationRegistry();
        manager.begin();
        Transaction transaction = manager.getTransaction();
        registry.registerInterposedSynchronization(new Noted("interposed", notes));
        transaction.registerSynchronization(new Noted("regular", notes, () -> {
            try {
                bank.writeBoth("O1");
                transaction.registerSynchronization(new Noted("late", notes));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }));
        registry.putResource("key", "value");
        assertEquals("value", registry.getResource("key"));
        assertNull(registry.getResource("none"));
        manager.commit();
        assertEquals(
                List.of(
                        "regular before",
                        "late before",
                        "interposed before",
                        "interposed committed",
                        "regular committed",
                        "late committed"),
                notes);
        assertEquals("1 1", bank.found("O1"));
        assertNull(registry.getTransactionKey());
        assertThrows(IllegalStateException.class, () -> registry.getResource("key"));
        assertThrows(IllegalStateException.class, registry::getRollbackOnly);
    }

    @Test
    void a_synchronization_that_fails_before_the_completion_has_it_rolled_back() throws Exception {
        List<String> notes = new ArrayList<>();
        manager.begin();
        bank.writeBoth("O1");
        IllegalStateException cause = new IllegalStateException("the order is empty");
        manager.getTransaction().registerSynchronization(new Noted("first", notes, () -> {
            throw cause;
        }));
        RollbackException thrown = assertThrows(RollbackException.class, manager::commit);
        assertSame(cause, thrown.getCause());
        assertEquals(List.of("first before", "first rolled back"), notes);
        assertEquals("0 0", bank.found("O1"));
    }

    @Test
    void a_timeout_rolls_back_and_the_owner_hears_it() throws Exception {
        manager.setTransactionTimeout(1);
        manager.begin();
        bank.writeBoth("O1");
        Transaction late = manager.getTransaction();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (late.getStatus() != Status.STATUS_ROLLEDBACK) {
            assertTrue(System.nanoTime() < deadline, "it isn't rolled back");
            Thread.onSpinWait();
        }
        assertSame(late, manager.getTransaction());
        assertThrows(RollbackException.class, () -> late.enlistResource(new MockResource()));
        assertThrows(SQLException.class, () -> bank.write("orders", "O1"));
        RollbackException thrown = assertThrows(RollbackException.class, manager::commit);
        assertTrue(String.valueOf(thrown.getMessage()).contains("longer than its timeout of PT1S"), thrown::toString);
        assertEquals("0 0", bank.found("O1"));
        manager.setTransactionTimeout(0);
        manager.begin();
        manager.rollback();
        assertThrows(SystemException.class, () -> manager.setTransactionTimeout(-1));
    }

    @Test
    void several_resources_are_branches_of_their_own_and_are_delisted_and_resumed_as_asked() throws Exception {
        MockResource first = new MockResource();
        MockResource second = new MockResource();
        manager.begin();
        Transaction transaction = manager.getTransaction();
        transaction.enlistResource(first);
        transaction.enlistResource(second);
        transaction.delistResource(first, XAResource.TMSUSPEND);
        transaction.enlistResource(first);
        transaction.delistResource(first, XAResource.TMSUCCESS);
        transaction.enlistResource(first);
        assertFalse(transaction.delistResource(new MockResource(), XAResource.TMSUCCESS));
        assertThrows(SystemException.class, () -> transaction.delistResource(first, 7));
        manager.commit();
        assertEquals(
                List.of("start", "end suspend", "start resume", "end", "start join", "end", "prepare", "commit"),
                first.calls);
        assertEquals(List.of("start", "end", "prepare", "commit"), second.calls);
    }

    @Test
    void the_status_follows_the_completion() throws Exception {
        manager.begin();
        MockResource first = new MockResource().asking(manager.getTransaction());
        manager.getTransaction().enlistResource(first);
        manager.getTransaction().enlistResource(new MockResource());
        manager.commit();
        assertEquals(List.of("start", "end", "prepare", "commit"), first.calls);
        assertEquals(
                List.of(
                        Status.STATUS_ACTIVE,
                        Status.STATUS_PREPARING,
                        Status.STATUS_PREPARING,
                        Status.STATUS_COMMITTING),
                first.statuses);
        manager.begin();
        MockResource other = new MockResource().asking(manager.getTransaction());
        manager.getTransaction().enlistResource(other);
        manager.rollback();
        assertEquals(Status.STATUS_ROLLING_BACK, other.statuses.get(2));
    }

    @Test
    void one_resource_alone_is_committed_in_one_phase() throws Exception {
        MockResource only = new MockResource();
        manager.begin();
        manager.getTransaction().enlistResource(manager.named("orders", only));
        manager.commit();
        assertEquals(List.of("start", "end", "commit in one phase"), only.calls);
    }

    @Test
    void a_refusal_rolls_all_back_and_says_who() throws Exception {
        MockResource refusing = new MockResource().failing("prepare", XAException.XA_RBINTEGRITY);
        manager.begin();
        bank.writeBoth("O1");
        manager.getTransaction().enlistResource(refusing);
        assertThrows(RollbackException.class, manager::commit);
        assertEquals("0 0", bank.found("O1"));
    }

    @Test
    void a_failed_delistment_leaves_only_the_rollback() throws Exception {
        MockResource failed = new MockResource();
        manager.begin();
        manager.getTransaction().enlistResource(failed);
        assertTrue(manager.getTransaction().delistResource(failed, XAResource.TMFAIL));
        assertEquals(Status.STATUS_MARKED_ROLLBACK, manager.getStatus());
        assertThrows(RollbackException.class, manager::commit);
        assertEquals(List.of("start", "end fail", "rollback"), failed.calls);
    }

    @Test
    void heuristic_outcomes_are_never_hidden() throws Exception {
        MockResource alone = new MockResource().failing("commit", XAException.XA_HEURRB);
        manager.begin();
        bank.write("orders", "O1");
        manager.getTransaction().enlistResource(alone);
        HeuristicMixedException mixed = assertThrows(HeuristicMixedException.class, manager::commit);
        String words = String.valueOf(mixed.getMessage());
        assertTrue(words.contains("orders: voted YES, COMMITTED"), words);
        assertTrue(words.contains("HEURISTIC_ABORTED"), words);
        assertEquals("1 0", bank.found("O1"));
        assertEquals(1, manager.coordinator().heuristics().size());

        manager.begin();
        manager.getTransaction().enlistResource(new MockResource().failing("commit", XAException.XA_HEURRB));
        manager.getTransaction().enlistResource(new MockResource().failing("commit", XAException.XA_HEURRB));
        assertThrows(HeuristicRollbackException.class, manager::commit);
    }

    @Test
    void a_transaction_that_has_ended_refuses_every_call() throws Exception {
        manager.begin();
        Transaction ended = manager.getTransaction();
        manager.commit();
        assertEquals(Status.STATUS_COMMITTED, ended.getStatus());
        assertThrows(IllegalStateException.class, ended::commit);
        assertThrows(IllegalStateException.class, ended::rollback);
        assertThrows(IllegalStateException.class, ended::setRollbackOnly);
        assertThrows(IllegalStateException.class, () -> ended.enlistResource(new MockResource()));
        assertThrows(IllegalStateException.class, () -> ended.delistResource(new MockResource(), XAResource.TMSUCCESS));
        assertThrows(IllegalStateException.class, () -> ended.registerSynchronization(new Noted("late", List.of())));
        assertThrows(IllegalStateException.class, manager::commit);
        assertThrows(IllegalStateException.class, manager::rollback);
        assertThrows(IllegalStateException.class, manager::setRollbackOnly);
    }

    @Test
    void another_thread_may_end_it_and_so_frees_the_thread_that_began_it() throws Exception {
        manager.begin();
        bank.writeBoth("O1");
        Transaction shared = manager.getTransaction();
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        shared.commit();
                        ended.complete(manager.getTransaction() == null);
                    } catch (Exception failure) {
                        ended.completeExceptionally(failure);
                    }
                })
                .start();
        assertTrue(ended.get(60, TimeUnit.SECONDS));
        assertNull(manager.getTransaction());
        assertEquals("1 1", bank.found("O1"));
        manager.begin();
        manager.rollback();
    }

    @Test
    void names_are_checked_when_the_manager_is_made() {
        AvowTransactionManager.Builder builder =
                AvowTransactionManager.at(folder.resolve("other")).database("orders", bank.orders);
        assertThrows(IllegalArgumentException.class, () -> builder.database("orders", bank.payments));
        assertThrows(IllegalArgumentException.class, () -> builder.database(" ", bank.payments));
        assertThrows(IllegalArgumentException.class, () -> manager.dataSource("order"));
        assertThrows(IllegalArgumentException.class, () -> manager.named("order", new MockResource()));
    }
}
