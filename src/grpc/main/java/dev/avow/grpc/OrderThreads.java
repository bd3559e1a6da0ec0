package dev.avow.grpc;

import dev.avow.grpc.contract.Order;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads in which a service calls its participant, as many as a coordinator would take for one; what comes beyond them
 * waits. Votes have threads of their own: they may wait for locks that only a decision frees. Daemons, kept while there is work.
 */
final class OrderThreads implements AutoCloseable {
    static final int MOST = 128;
    private static final int IDLE_SECONDS = 10;

    private final ExecutorService votes = bounded("avow-vote");
    private final ExecutorService decisions = bounded("avow-decision");
    private final ExecutorService inquiries = Executors.newCachedThreadPool(daemons("avow-inquiry"));

    private static ExecutorService bounded(String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MOST, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    Executor forOrder(Order order) {
        return switch (order.getMessageCase()) {
            case PREPARE, ONE_PHASE -> votes;
            case COMMIT, ABORT, FORGET, MESSAGE_NOT_SET -> decisions;
        };
    }

    Executor decisions() {
        return decisions;
    }

    /** For what waits for other processes. */
    Executor inquiries() {
        return inquiries;
    }

    /** What is under way goes on. */
    @Override
    public void close() {
        votes.shutdown();
        decisions.shutdown();
        inquiries.shutdown();
    }
}
