package dev.avow.benchmarks.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Ideal group commit by a thread that does nothing but force for all that wait. */
@State(Scope.Benchmark)
public class WriterThread {
    private static final class Waiter {
        private final Thread thread = Thread.currentThread();
        private volatile boolean durable;
    }

    private final ForcedFile file = new ForcedFile();
    private final BlockingQueue<Waiter> waiting = new LinkedBlockingQueue<>();
    private final Thread writer = new Thread(this::write, "writer");

    @Setup
    public void start() {
        writer.setDaemon(true);
        writer.start();
    }

    public void append() {
        Waiter waiter = new Waiter();
        waiting.add(waiter);
        while (!waiter.durable) {
            LockSupport.park(this);
        }
    }

    private void write() {
        List<Waiter> batch = new ArrayList<>();
        try {
            while (true) {
                batch.add(waiting.take());
                waiting.drainTo(batch);
                file.append(batch.size());
                for (Waiter waiter : batch) {
                    waiter.durable = true;
                    LockSupport.unpark(waiter.thread);
                }
                batch.clear();
            }
        } catch (InterruptedException ended) {
            // The measurement is over.
        } catch (IOException failure) {
            // Those who wait never return, and so nobody takes this for a result.
            throw new IllegalStateException("the disk failed", failure);
        }
    }

    @TearDown
    public void close() throws IOException, InterruptedException {
        writer.interrupt();
        writer.join();
        file.close();
    }
}
