package dev.avow.engine.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.Outcome;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.RememberedOutcome.Ending;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A force that takes its time: who needs it waits for it, and nobody else. */
final class SlowForceTest {
    private static final Path DIRECTORY = Path.of("/log");
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int CALLERS = 8;

    private final MemoryDisk disk = new MemoryDisk();
    private final FaultyFiles files = new FaultyFiles(disk);
    private final Shelf orders = new Shelf("orders");
    private final Shelf payments = new Shelf("payments");
    private final Avow avow =
            Avow.open(Samples.open(DIRECTORY, files), AvowOptions.defaults(), List.of(orders, payments));

    private final CountDownLatch inForce = new CountDownLatch(1);
    private final CountDownLatch forced = new CountDownLatch(1);
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final List<CompletableFuture<Outcome>> told = new ArrayList<>();

    @AfterEach
    void close() {
        forced.countDown();
        callers.shutdown();
        avow.close();
    }

    private void holdForces() {
        files.beforeForce(() -> {
            inForce.countDown();
            try {
                forced.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Transaction prepared(String name) {
        Transaction transaction = avow.begin(name);
        transaction.enlist(orders);
        transaction.enlist(payments);
        return transaction;
    }

    private void commitAside(String name) {
        Transaction transaction = prepared(name);
        told.add(CompletableFuture.supplyAsync(transaction::commit, callers));
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertTrue(latch.await(LONG.toSeconds(), TimeUnit.SECONDS));
    }

    private void awaitPrepared(int transactions) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (orders.prepared.size() < transactions || payments.prepared.size() < transactions) {
            assertTrue(System.nanoTime() < deadline, () -> orders.prepared + " are prepared");
            Thread.onSpinWait();
        }
    }

    private void assertAllCommitted() throws Exception {
        for (CompletableFuture<Outcome> each : told) {
            assertInstanceOf(Outcome.Committed.class, each.get(LONG.toSeconds(), TimeUnit.SECONDS));
        }
    }

    @Test
    void nobody_hears_of_a_commit_before_its_force_is_over_and_those_behind_it_share_the_next() throws Exception {
        holdForces();
        int before = files.forces.get();
        commitAside("O1");
        await(inForce);
        for (int caller = 2; caller <= CALLERS; caller++) {
            commitAside("O" + caller);
        }
        awaitPrepared(CALLERS);
        assertTrue(told.stream().noneMatch(CompletableFuture::isDone));
        assertEquals(Set.of(), orders.committed);
        assertEquals(before, files.forces.get());
        forced.countDown();
        assertAllCommitted();
        assertTrue(files.forces.get() - before < CALLERS, files.forces + " forces for " + CALLERS + " commits");
    }

    @Test
    void an_abort_waits_for_no_force() throws Exception {
        holdForces();
        commitAside("O1");
        await(inForce);
        assertInstanceOf(Outcome.Aborted.class, prepared("O2").abort());
        assertFalse(told.get(0).isDone());
        forced.countDown();
        assertAllCommitted();
    }

    @Test
    void power_that_fails_during_the_force_takes_only_what_nobody_was_told() throws Exception {
        holdForces();
        commitAside("O1");
        await(inForce);
        assertFalse(told.get(0).isDone());
        for (int seed = 0; seed < 20; seed++) {
            try (FileDecisionLog found = Samples.open(DIRECTORY, disk.afterPowerLoss(seed))) {
                assertTrue(found.unfinished().size() <= 1, found.unfinished()::toString);
            }
        }
        forced.countDown();
        assertAllCommitted();
        try (FileDecisionLog found = Samples.open(DIRECTORY, disk.afterPowerLoss(0))) {
            TransactionId id = told.get(0).join().id();
            assertEquals(Optional.of(Ending.COMMITTED), found.remembered(id).map(RememberedOutcome::ending));
        }
    }
}
