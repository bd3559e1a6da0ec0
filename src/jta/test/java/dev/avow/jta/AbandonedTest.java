package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that a timeout rolls back because nobody ends them, and what is kept of them. */
final class AbandonedTest {
    private static final Duration SOON = Duration.ofMillis(20);

    @TempDir
    private Path folder;

    /** In a thread that is dead afterwards. */
    private static <T> T inThreadThatDies(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task);
        thread.start();
        thread.join(TimeUnit.SECONDS.toMillis(30));
        assertFalse(thread.isAlive());
        return task.get(0, TimeUnit.SECONDS);
    }

    private static void awaitCollected(String what, WeakReference<?> reference) {
        PolicedPair.await(what + " is collected", () -> {
            System.gc();
            return reference.refersTo(null);
        });
    }

    @Test
    void nothing_is_kept_of_one_whose_thread_died_once_it_has_timed_out() throws Exception {
        try (PolicedPair pair = new PolicedPair(folder, SOON)) {
            WeakReference<Object> session = inThreadThatDies(() -> {
                pair.manager.begin();
                Object kept = new Object();
                pair.registry.putResource("session", kept);
                return new WeakReference<>(kept);
            });
            awaitCollected("the session", session);
        }
    }

    @Test
    void an_ended_one_is_collected_while_the_manager_and_its_thread_live_on() throws Exception {
        try (PolicedPair pair = new PolicedPair(folder)) {
            for (boolean commit : new boolean[] {true, false}) {
                awaitCollected("the transaction", ended(pair, commit));
            }
        }
    }

    @Test
    void one_that_another_thread_has_ended_is_collected_while_its_own_thread_lives_on() throws Exception {
        try (PolicedPair pair = new PolicedPair(folder)) {
            awaitCollected("the transaction", endedElsewhere(pair));
        }
    }

    private static WeakReference<Transaction> endedElsewhere(PolicedPair pair) throws Exception {
        pair.manager.begin();
        pair.enlist(pair.orders);
        Transaction transaction = pair.manager.getTransaction();
        assertTrue(inThreadThatDies(() -> {
            transaction.commit();
            return true;
        }));
        return new WeakReference<>(transaction);
    }

    private static WeakReference<Transaction> ended(PolicedPair pair, boolean commit) throws Exception {
        pair.manager.begin();
        pair.enlist(pair.orders);
        WeakReference<Transaction> ended = new WeakReference<>(pair.manager.getTransaction());
        if (commit) {
            pair.manager.commit();
        } else {
            pair.manager.rollback();
        }
        return ended;
    }

    /** Never beside work that may still go on: so not at the timeout. */
    @Test
    void synchronizations_of_a_dead_threads_transaction_are_called_as_the_manager_closes() throws Exception {
        List<Integer> after = Collections.synchronizedList(new ArrayList<>());
        Transaction abandoned;
        try (PolicedPair pair = new PolicedPair(folder, SOON)) {
            abandoned = inThreadThatDies(() -> {
                pair.manager.begin();
                pair.manager.getTransaction().registerSynchronization(Called.after(after::add));
                return pair.manager.getTransaction();
            });
            PolicedPair.await("the timeout", () -> statusOf(abandoned) == Status.STATUS_ROLLEDBACK);
            assertEquals(List.of(), after);
        }
        assertEquals(List.of(Status.STATUS_ROLLEDBACK), after);
    }

    private static int statusOf(Transaction transaction) {
        return transaction instanceof JtaTransaction ours ? ours.getStatus() : Status.STATUS_UNKNOWN;
    }

    @Test
    void one_that_has_timed_out_can_be_marked_and_rolled_back_by_its_owner() throws Exception {
        try (PolicedPair pair = new PolicedPair(folder, SOON)) {
            List<Integer> after = new ArrayList<>();
            pair.manager.begin();
            Transaction late = pair.manager.getTransaction();
            late.registerSynchronization(Called.after(after::add));
            PolicedPair.await("the timeout", () -> statusOf(late) == Status.STATUS_ROLLEDBACK);
            assertThrows(RollbackException.class, () -> pair.enlist(pair.orders));
            assertTrue(pair.registry.getRollbackOnly());
            pair.manager.setRollbackOnly();
            pair.manager.rollback();
            assertEquals(List.of(Status.STATUS_ROLLEDBACK), after);
        }
    }

    /** Some of the timeouts fall into the prepare, some before it, some behind it. */
    @Test
    void a_timeout_beside_a_commit_is_all_or_nothing() throws Exception {
        Duration soon = Duration.ofMillis(100);
        try (PolicedPair pair = new PolicedPair(folder, soon)) {
            pair.orders.withoutJoining();
            pair.broker.withoutJoining();
            List<Future<Boolean>> all = IntStream.range(0, 40)
                    .mapToObj(thread -> pair.aside(() -> committedAfter(pair, Duration.ofMillis(80 + thread))))
                    .toList();
            int committed = 0;
            for (Future<Boolean> each : all) {
                committed += PolicedPair.resultOf(each) ? 1 : 0;
            }
            pair.awaitSettled();
            assertEquals(committed, pair.orders.count("commit"));
            assertEquals(committed, pair.broker.count("commit"));
        }
    }

    private static boolean committedAfter(PolicedPair pair, Duration pause) throws Exception {
        pair.manager.begin();
        long untilNanos = System.nanoTime() + pause.toNanos();
        try {
            pair.enlist(pair.orders);
            pair.enlist(pair.broker);
            while (System.nanoTime() < untilNanos) {
                Thread.onSpinWait();
            }
            pair.manager.commit();
            return true;
        } catch (RollbackException timedOut) {
            if (pair.manager.getTransaction() != null) {
                pair.manager.rollback();
            }
            return false;
        }
    }
}
