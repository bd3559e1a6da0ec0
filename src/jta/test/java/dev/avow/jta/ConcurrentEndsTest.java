package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One transaction in the hands of two threads: one of them ends it, and neither is left with what isn't its own. */
final class ConcurrentEndsTest {
    @TempDir
    private Path folder;

    private PolicedPair pair;
    private AvowTransactionManager manager;

    @BeforeEach
    void open() {
        pair = new PolicedPair(folder.resolve("log"));
        manager = pair.manager;
    }

    @AfterEach
    void close() {
        pair.close();
    }

    @FunctionalInterface
    private interface End {
        void end() throws Exception;
    }

    /** Whether this end was the one; waits for the other thread first. */
    private static Callable<Boolean> racing(CyclicBarrier together, End end) {
        return () -> {
            together.await(30, TimeUnit.SECONDS);
            try {
                end.end();
                return true;
            } catch (IllegalStateException late) {
                return false;
            }
        };
    }

    @Test
    void of_two_that_end_it_at_once_one_does_and_the_other_hears_that_it_is_late() throws Exception {
        for (int round = 0; round < 60; round++) {
            manager.begin();
            pair.enlist(pair.orders);
            pair.enlist(pair.broker);
            Transaction shared = manager.suspend();
            CyclicBarrier together = new CyclicBarrier(2);
            Future<Boolean> commit = pair.aside(racing(together, shared::commit));
            Future<Boolean> other = pair.aside(racing(together, round % 2 == 0 ? shared::commit : shared::rollback));
            assertEquals(
                    List.of(false, true),
                    Stream.of(PolicedPair.resultOf(commit), PolicedPair.resultOf(other))
                            .sorted()
                            .toList());
        }
    }

    /** In some rounds the mark comes as the last synchronization returns: in too few, were there fewer rounds. */
    @Test
    void what_was_marked_in_time_is_never_committed() throws Exception {
        int both = 0;
        for (int round = 0; round < 3_000; round++) {
            int spins = round % 64;
            AtomicBoolean go = new AtomicBoolean();
            manager.begin();
            Transaction shared = manager.getTransaction();
            shared.registerSynchronization(Called.before(() -> go.set(true)));
            CyclicBarrier together = new CyclicBarrier(2);
            Future<Boolean> mark = pair.aside(racing(together, () -> {
                PolicedPair.await("the completion begins", go::get);
                for (int spin = 0; spin < spins; spin++) {
                    Thread.onSpinWait();
                }
                shared.setRollbackOnly();
            }));
            together.await(30, TimeUnit.SECONDS);
            boolean committed = isCommitted(manager::commit);
            both += committed && PolicedPair.resultOf(mark) ? 1 : 0;
        }
        assertEquals(0, both, "were committed though setRollbackOnly had returned");
    }

    private static boolean isCommitted(End commit) throws Exception {
        try {
            commit.end();
            return true;
        } catch (RollbackException rolledBack) {
            return false;
        }
    }

    @Test
    void a_thread_keeps_its_next_transaction_while_its_last_is_ended_by_another() throws Exception {
        int lost = 0;
        for (int round = 0; round < 4_000; round++) {
            manager.begin();
            Transaction last = manager.getTransaction();
            Future<Boolean> ends = pair.aside(() -> {
                last.rollback();
                return true;
            });
            PolicedPair.await("the thread is free", () -> manager.getTransaction() == null);
            manager.begin();
            Transaction next = manager.getTransaction();
            PolicedPair.resultOf(ends);
            if (next == null || manager.getTransaction() != next) {
                lost++;
            } else {
                manager.rollback();
            }
        }
        assertEquals(0, lost, "threads lost their next transaction");
    }

    @Test
    void the_end_of_a_suspended_one_leaves_the_thread_in_its_other() throws Exception {
        for (boolean commit : new boolean[] {true, false}) {
            manager.begin();
            Transaction suspended = manager.suspend();
            manager.begin();
            Transaction own = manager.getTransaction();
            if (commit) {
                suspended.commit();
            } else {
                pair.elsewhere(() -> {
                    suspended.rollback();
                    return true;
                });
            }
            assertSame(own, manager.getTransaction());
            manager.commit();
            assertNull(manager.getTransaction());
            assertThrows(InvalidTransactionException.class, () -> manager.resume(suspended));
        }
    }

    @Test
    void one_resumed_in_two_threads_leaves_both_at_its_end() throws Exception {
        manager.begin();
        Transaction shared = manager.getTransaction();
        CyclicBarrier together = new CyclicBarrier(2);
        Future<Integer> there = pair.aside(() -> {
            manager.resume(shared);
            together.await(30, TimeUnit.SECONDS);
            together.await(30, TimeUnit.SECONDS);
            return manager.getStatus();
        });
        together.await(30, TimeUnit.SECONDS);
        manager.commit();
        together.await(30, TimeUnit.SECONDS);
        assertEquals(Status.STATUS_NO_TRANSACTION, PolicedPair.resultOf(there));
        assertEquals(Status.STATUS_NO_TRANSACTION, manager.getStatus());
    }

    @Test
    void an_enlistment_beside_a_commit_takes_part_or_is_refused() throws Exception {
        for (int round = 0; round < 100; round++) {
            manager.begin();
            Transaction shared = manager.getTransaction();
            XAResource one = pair.enlist(pair.orders);
            shared.delistResource(one, XAResource.TMSUCCESS);
            pair.enlist(pair.broker);
            long joins = pair.orders.count("start join");
            CyclicBarrier together = new CyclicBarrier(2);
            Future<Boolean> enlisted = pair.aside(racing(together, () -> {
                try {
                    shared.enlistResource(one);
                } catch (RollbackException | SystemException refused) {
                    throw new IllegalStateException(refused);
                }
            }));
            together.await(30, TimeUnit.SECONDS);
            manager.commit();
            assertEquals(PolicedPair.resultOf(enlisted), pair.orders.count("start join") > joins, "round " + round);
        }
    }

    /** Another enlistment holds it up until the commit is over; its transaction was still active when it was called. */
    @Test
    void an_enlistment_that_the_commit_has_overtaken_is_refused() throws Exception {
        manager.begin();
        Transaction shared = manager.getTransaction();
        XAResource one = pair.enlist(pair.orders);
        shared.delistResource(one, XAResource.TMSUCCESS);
        List<Future<Boolean>> late = enlistingUntil(shared, one, manager::commit);
        for (Future<Boolean> each : late) {
            assertThrows(IllegalStateException.class, () -> PolicedPair.resultOf(each));
        }
        assertEquals(List.of("start @1", "end @1", "commit in one phase @1"), pair.orders.calls());
    }

    @Test
    void an_enlistment_that_the_timeout_has_overtaken_is_refused_as_rolled_back() throws Exception {
        manager.setTransactionTimeout(1);
        manager.begin();
        Transaction shared = manager.getTransaction();
        XAResource one = pair.enlist(pair.orders);
        shared.delistResource(one, XAResource.TMSUCCESS);
        List<Future<Boolean>> late = enlistingUntil(
                shared,
                one,
                () -> PolicedPair.await("the timeout", () -> manager.getStatus() == Status.STATUS_ROLLEDBACK));
        for (Future<Boolean> each : late) {
            assertThrows(RollbackException.class, () -> PolicedPair.resultOf(each));
        }
        assertThrows(RollbackException.class, manager::commit);
    }

    /** Two enlistments, of a new resource and of a known one, that go on when the end is over. */
    private List<Future<Boolean>> enlistingUntil(Transaction shared, XAResource known, End end) throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        pair.orders.once("isSameRM", () -> {
            try {
                together.await(30, TimeUnit.SECONDS);
                together.await(30, TimeUnit.SECONDS);
            } catch (Exception broken) {
                throw new IllegalStateException(broken);
            }
        });
        XAResource another = pair.resource(pair.orders);
        Future<Boolean> first = pair.aside(() -> shared.enlistResource(another));
        together.await(30, TimeUnit.SECONDS);
        Thread[] waiting = new Thread[1];
        AtomicBoolean begun = new AtomicBoolean();
        Future<Boolean> second = pair.aside(() -> {
            waiting[0] = Thread.currentThread();
            begun.set(true);
            return shared.enlistResource(known);
        });
        PolicedPair.await(
                "the second waits for the first", () -> begun.get() && waiting[0].getState() == Thread.State.WAITING);
        end.end();
        together.await(30, TimeUnit.SECONDS);
        return List.of(first, second);
    }

    @Test
    void a_resource_is_delisted_and_rolled_back_by_an_interrupted_thread_too() throws Exception {
        manager.begin();
        XAResource one = pair.enlist(pair.orders);
        Thread.currentThread().interrupt();
        try {
            manager.getTransaction().delistResource(one, XAResource.TMSUCCESS);
            pair.enlist(pair.broker);
            manager.rollback();
        } finally {
            assertTrue(Thread.interrupted());
        }
        pair.awaitSettled();
        assertEquals(Status.STATUS_NO_TRANSACTION, manager.getStatus());
    }
}
