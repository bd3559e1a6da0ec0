package dev.avow.engine.participant;

import static dev.avow.engine.participant.FakeTransaction.id;
import static dev.avow.engine.participant.FakeTransaction.putting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.KeyValueStore;
import dev.avow.engine.KeyValueStore.LockedException;
import dev.avow.engine.LogOptions;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many threads at once. */
final class KeyValueTransfersTest {

    private static final int THREADS = 8;
    private static final int TRANSFERS = 60;
    private static final int ACCOUNTS = 10;
    private static final int START = 20;
    private static final LogOptions SMALL = LogOptions.defaults().withSegmentBytes(8_192);

    @TempDir
    Path directory;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final AtomicLong sequence = new AtomicLong();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void transfers_of_many_threads_keep_the_sum_and_no_balance_falls_below_zero() throws Exception {
        try (KeyValueStore store = KeyValueStore.open(directory.resolve("log"), "accounts", SMALL)) {
            FakeTransaction filling = new FakeTransaction(sequence.incrementAndGet());
            for (int i = 0; i < ACCOUNTS; i++) {
                store.put(filling, "account" + i, String.valueOf(START));
            }
            assertEquals(Ending.COMMITTED, store.commitOnePhase(filling.id()));

            List<Future<Integer>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(thread);
                running.add(threads.submit(() -> transfers(store, random)));
            }
            int committed = sum(running);
            assertTrue(committed > 0);
            assertKept(store);
            try (KeyValueStore restarted = KeyValueStore.open(
                    Crash.image(directory.resolve("log"), directory.resolve("crashed")), "accounts", SMALL)) {
                assertKept(restarted);
            }
        }
    }

    private static int sum(List<Future<Integer>> running) throws InterruptedException, ExecutionException {
        int sum = 0;
        for (Future<Integer> one : running) {
            sum += one.get();
        }
        return sum;
    }

    private int transfers(KeyValueStore store, Random random) throws Exception {
        int committed = 0;
        while (committed < TRANSFERS) {
            FakeTransaction transaction = new FakeTransaction(sequence.incrementAndGet());
            String from = "account" + random.nextInt(ACCOUNTS);
            String to = "account" + random.nextInt(ACCOUNTS);
            try {
                if (transfer(store, transaction, from, to, 1 + random.nextInt(START))) {
                    committed += end(store, transaction, random.nextInt(4));
                } else {
                    store.abort(transaction.id());
                }
            } catch (LockedException e) {
                store.abort(transaction.id());
                Thread.onSpinWait();
            }
        }
        return committed;
    }

    private static boolean transfer(KeyValueStore store, FakeTransaction in, String from, String to, int amount) {
        int balance = balance(store, in, from) - amount;
        if (balance < 0) {
            return false;
        }
        store.put(in, from, String.valueOf(balance));
        store.put(in, to, String.valueOf(balance(store, in, to) + amount));
        return true;
    }

    private static int balance(KeyValueStore store, FakeTransaction in, String account) {
        return Integer.parseInt(store.get(in, account).orElseThrow());
    }

    private static int end(KeyValueStore store, FakeTransaction transaction, int how) throws Exception {
        if (how == 0) {
            assertEquals(Ending.COMMITTED, store.commitOnePhase(transaction.id()));
            return 1;
        }
        assertEquals(Vote.YES, store.prepare(transaction.id()));
        if (how == 1) {
            store.abort(transaction.id());
            return 0;
        }
        store.commit(transaction.id());
        return 1;
    }

    private static void assertKept(KeyValueStore store) {
        int[] balances = IntStream.range(0, ACCOUNTS)
                .map(i -> Integer.parseInt(store.get("account" + i).orElseThrow()))
                .toArray();
        assertEquals(ACCOUNTS * START, IntStream.of(balances).sum());
        assertTrue(IntStream.of(balances).allMatch(balance -> balance >= 0));
    }

    @Test
    void an_abort_that_overtakes_work_leaves_no_lock_behind() throws Exception {
        try (KeyValueStore store = KeyValueStore.open(directory.resolve("log"), "accounts", SMALL)) {
            for (int i = 1; i <= 2_000; i++) {
                FakeTransaction transaction = new FakeTransaction(i);
                Future<Boolean> working = threads.submit(() -> putUnlessEnded(store, transaction));
                Future<Boolean> aborting = threads.submit(() -> abortIfEnlisted(store, transaction));
                working.get();
                aborting.get();
                putting(store, 10_000 + i, "alice", "10");
                store.abort(id(10_000 + i));
            }
        }
    }

    private static boolean putUnlessEnded(KeyValueStore store, FakeTransaction transaction) {
        try {
            store.put(transaction, "alice", "10");
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static boolean abortIfEnlisted(KeyValueStore store, FakeTransaction transaction) throws Exception {
        boolean enlisted = transaction.end();
        if (enlisted) {
            store.abort(transaction.id());
        }
        return enlisted;
    }
}
