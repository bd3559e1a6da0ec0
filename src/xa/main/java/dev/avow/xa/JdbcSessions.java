package dev.avow.xa;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database's XA connections. A few idle ones are kept for the next transactions, the last used first; how many are in
 * use at once isn't limited here.
 */
final class JdbcSessions implements AutoCloseable {
    private static final int MOST_IDLE = 8;
    private static final long TRUSTED_IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int VALIDATION_SECONDS = 2;

    /** As {@code XADataSource.getXAConnection}, with or without a user. */
    @FunctionalInterface
    interface Opener {
        XAConnection open() throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(JdbcSessions.class);

    private final String name;
    private final Opener opener;
    /** What the first connection told. */
    private volatile Optional<Fitness> fitness = Optional.empty();
    /** Guarded by this, like closed. */
    private final Deque<Session> idle = new ArrayDeque<>();

    private boolean closed;

    JdbcSessions(String name, Opener opener) {
        this.name = name;
        this.opener = opener;
    }

    /** As the database says of itself, now or when its first connection was opened. */
    Fitness fitness() throws SQLException {
        if (fitness.isEmpty()) {
            take().release(true);
        }
        return fitness.orElseThrow();
    }

    Lease take() throws SQLException {
        for (Optional<Session> kept = pollIdle(); kept.isPresent(); kept = pollIdle()) {
            if (kept.get().isAlive()) {
                return kept.get();
            }
            kept.get().close();
        }
        return openSession();
    }

    private synchronized Optional<Session> pollIdle() {
        if (closed) {
            throw new IllegalStateException("the participant is closed: take no more connections from it");
        }
        return Optional.ofNullable(idle.pollFirst());
    }

    private Session openSession() throws SQLException {
        XAConnection connection = opener.open();
        try {
            Session session = new Session(connection);
            if (fitness.isEmpty()) {
                fitness = Optional.of(Fitness.of(name, session.handle));
                fitness.get().warnings().forEach(LOG::warn);
            }
            return session;
        } catch (SQLException | RuntimeException failure) {
            closeQuietly(connection);
            throw failure;
        }
    }

    /** For recovery, which needs no SQL connection and keeps what it opens. */
    XaSession openForRecovery() throws SQLException {
        XAConnection connection = opener.open();
        try {
            return new ForRecovery(connection, connection.getXAResource());
        } catch (SQLException | RuntimeException failure) {
            closeQuietly(connection);
            throw failure;
        }
    }

    private record ForRecovery(XAConnection connection, XAResource resource) implements XaSession {
        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private synchronized boolean keep(Session session) {
        if (closed || idle.size() >= MOST_IDLE) {
            return false;
        }
        idle.addFirst(session);
        return true;
    }

    @Override
    public void close() {
        List<Session> left;
        synchronized (this) {
            closed = true;
            left = new ArrayList<>(idle);
            idle.clear();
        }
        left.forEach(Session::close);
    }

    private static void closeQuietly(XAConnection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException alreadyBroken) {
            // Nothing depends on it any more.
        }
    }

    private final class Session implements Lease {
        private final XAConnection physical;
        private final XAResource resource;
        /** One for all its transactions: asking H2 for another rolls back what is under way. */
        private final Connection handle;

        private final boolean takesTurns;

        private long idleSinceNanos;

        Session(XAConnection physical) throws SQLException {
            this.physical = physical;
            this.resource = physical.getXAResource();
            this.handle = physical.getConnection();
            this.takesTurns = Quirks.takesTurns(handle);
        }

        boolean isAlive() {
            try {
                return System.nanoTime() - idleSinceNanos < TRUSTED_IDLE_NANOS || handle.isValid(VALIDATION_SECONDS);
            } catch (SQLException | RuntimeException broken) {
                return false;
            }
        }

        @Override
        public XAResource resource() {
            return resource;
        }

        @Override
        public Optional<Connection> connection() {
            return Optional.of(handle);
        }

        @Override
        public boolean takesTurns() {
            return takesTurns;
        }

        @Override
        public void release(boolean reusable) {
            idleSinceNanos = System.nanoTime();
            if (!reusable || !keep(this)) {
                close();
            }
        }

        void close() {
            closeQuietly(physical);
        }
    }
}
