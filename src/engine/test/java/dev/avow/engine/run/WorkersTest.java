package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Calling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class WorkersTest {

    @Test
    void work_runs_on_named_daemons() throws Exception {
        Workers workers = new Workers(Calling.SIDE_BY_SIDE);
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        CountDownLatch ran = new CountDownLatch(2);
        Runnable task = () -> {
            threads.add(Thread.currentThread());
            ran.countDown();
        };
        workers.background(task);
        workers.after(Duration.ofMillis(1), task);
        assertTrue(ran.await(10, TimeUnit.SECONDS));
        threads.forEach(thread -> {
            assertTrue(thread.isDaemon());
            assertTrue(thread.getName().startsWith("avow-call-"), thread::getName);
        });
        workers.stop();
    }

    @Test
    void what_comes_after_the_stop_is_dropped_whenever_it_comes() throws Exception {
        for (int round = 0; round < 60; round++) {
            Workers workers = new Workers(Calling.SIDE_BY_SIDE);
            CyclicBarrier start = new CyclicBarrier(3);
            List<FutureTask<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                tasks.add(World.aside(() -> {
                    start.await();
                    for (int call = 0; call < 50; call++) {
                        workers.after(World.LONG, () -> {});
                        workers.background(() -> {});
                    }
                    return true;
                }));
            }
            start.await();
            workers.stop();
            for (FutureTask<Boolean> task : tasks) {
                assertEquals(true, World.resultOf(task));
            }
        }
    }
}
