package dev.avow.grpc;

import dev.avow.engine.TransactionId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One call at a time for each transaction, also if its orders come twice, on a stream and on the one that has replaced it.
 * Decisions have a turn of their own: an abort may overtake a vote that hangs. Safe for any number of threads.
 */
final class Turns {
    /** What a call is for. */
    enum Of {
        VOTE,
        DECISION
    }

    private record Key(TransactionId id, Of of) {}

    /** Guarded by the map's lock for its key, but for the lock itself. */
    private static final class Turn {
        final ReentrantLock lock = new ReentrantLock();
        int users;

        Turn entered() {
            users++;
            return this;
        }

        boolean isLeftByLast() {
            users--;
            return users == 0;
        }
    }

    private final Map<Key, Turn> turns = new ConcurrentHashMap<>();

    <T> T in(TransactionId id, Of of, Callable<T> call) throws Exception {
        Key key = new Key(id, of);
        Turn turn = entered(key);
        turn.lock.lock();
        try {
            return call.call();
        } finally {
            turn.lock.unlock();
            leave(key);
        }
    }

    /** Calls this now, or not at all if somebody has the turn: empty then. */
    <T> Optional<T> unlessTaken(TransactionId id, Of of, Callable<T> call) throws Exception {
        Key key = new Key(id, of);
        Turn turn = entered(key);
        try {
            if (!turn.lock.tryLock()) {
                return Optional.empty();
            }
            try {
                return Optional.of(call.call());
            } finally {
                turn.lock.unlock();
            }
        } finally {
            leave(key);
        }
    }

    private Turn entered(Key key) {
        return turns.compute(key, (unused, known) -> known == null ? new Turn().entered() : known.entered());
    }

    private void leave(Key key) {
        turns.computeIfPresent(key, (unused, left) -> left.isLeftByLast() ? null : left);
    }

    /** How many transactions are called for at this moment. */
    int size() {
        return turns.size();
    }
}
