package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Votes that wait for locks are in the way of no decision that frees them, and take a bounded number of threads. */
class OrderThreadsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void a_decision_gets_through_while_more_votes_hang_than_there_are_threads(@TempDir Path folder) throws Exception {
        Semaphore hanging = new Semaphore(0);
        CountDownLatch freed = new CountDownLatch(1);
        try (StoreService orders =
                        StoreService.started(folder.resolve("orders"), "orders", LONG, store -> new Around(store) {
                            @Override
                            public Vote prepare(TransactionId id) throws Exception {
                                if (Thread.currentThread().getName().equals("avow-vote") && id.sequence() > 1) {
                                    hanging.release();
                                    assertTrue(freed.await(LONG.toSeconds(), TimeUnit.SECONDS), "freed");
                                }
                                return super.prepare(id);
                            }
                        });
                HandCoordinator coordinator = new HandCoordinator(Map.of("orders", orders))) {
            TransactionId first = coordinator.begin();
            coordinator.put(first, "orders", "O1=120");
            assertEquals(Vote.YES, coordinator.tell("orders").prepare(first));
            List<CompletionStage<Vote>> votes = new ArrayList<>();
            for (int number = 0; number < OrderThreads.MOST + 50; number++) {
                votes.add(coordinator.tell("orders").prepareAsync(coordinator.begin()));
            }
            assertTrue(hanging.tryAcquire(OrderThreads.MOST, LONG.toSeconds(), TimeUnit.SECONDS), "votes begin");
            coordinator.tell("orders").commit(first);
            assertEquals(Optional.of("120"), orders.store().get("O1"));
            assertEquals(0, hanging.availablePermits(), "no more votes at a time than threads");
            freed.countDown();
            for (CompletionStage<Vote> vote : votes) {
                assertEquals(Vote.NO, vote.toCompletableFuture().get(LONG.toSeconds(), TimeUnit.SECONDS));
            }
        }
    }
}
