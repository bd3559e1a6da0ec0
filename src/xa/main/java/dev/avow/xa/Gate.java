package dev.avow.xa;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets the application's JDBC calls in while its branch is at work, and none afterwards.
 *
 * <p>Without it, a statement that a slow thread executes just after a timeout has aborted the transaction would run on
 * its own, or in the next transaction on the same connection, and be committed there.
 */
final class Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition emptied = lock.newCondition();
    /** Guarded by lock, like all below. */
    private final Set<Statement> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Set<Statement> running = Collections.newSetFromMap(new IdentityHashMap<>());
    private int inside;
    private Optional<Supplier<String>> shutBecause = Optional.empty();

    void enter() throws SQLException {
        lock.lock();
        try {
            requireOpen();
            inside++;
        } finally {
            lock.unlock();
        }
    }

    void enter(Statement statement) throws SQLException {
        lock.lock();
        try {
            requireOpen();
            inside++;
            running.add(statement);
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() throws SQLException {
        if (shutBecause.isPresent()) {
            throw new SQLException(shutBecause.get().get());
        }
    }

    void leave() {
        lock.lock();
        try {
            inside--;
            emptied.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void leave(Statement statement) {
        lock.lock();
        try {
            running.remove(statement);
            leave();
        } finally {
            lock.unlock();
        }
    }

    /** Remembers a statement, so that it is closed with the branch. Called from inside. */
    void opened(Statement statement) {
        lock.lock();
        try {
            open.add(statement);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the statement was still open. */
    boolean closed(Statement statement) {
        lock.lock();
        try {
            return open.remove(statement);
        } finally {
            lock.unlock();
        }
    }

    boolean isShut() {
        lock.lock();
        try {
            return shutBecause.isPresent();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in from now on; the first reason counts. */
    void shut(Supplier<String> because) {
        lock.lock();
        try {
            if (shutBecause.isEmpty()) {
                shutBecause = Optional.of(because);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Asks the database to break off what runs. Answers whether something ran. */
    boolean cancelRunning() {
        List<Statement> cancelled;
        lock.lock();
        try {
            cancelled = new ArrayList<>(running);
        } finally {
            lock.unlock();
        }
        cancelled.forEach(Gate::cancel);
        return !cancelled.isEmpty();
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException | RuntimeException unable) {
            // Then it is waited for.
        }
    }

    /** Waits until nobody is inside, and closes the statements that were left open. Answers false if it took too long. */
    boolean awaitEmpty(Duration patience) throws InterruptedException {
        List<Statement> leftOpen;
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (inside > 0 && nanos > 0) {
                nanos = emptied.awaitNanos(nanos);
            }
            if (inside > 0) {
                return false;
            }
            leftOpen = new ArrayList<>(open);
            open.clear();
        } finally {
            lock.unlock();
        }
        leftOpen.forEach(Gate::close);
        return true;
    }

    private static void close(Statement statement) {
        try {
            statement.close();
        } catch (SQLException | RuntimeException broken) {
            // Its connection will tell.
        }
    }
}
