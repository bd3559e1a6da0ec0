package dev.avow.engine.run;

import dev.avow.engine.TransactionId;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The transactions of which nobody may presume anything: recovery leaves their branches alone. (AnswerOnlyDecided) */
final class Undecided {
    private final Workers workers;
    /** At work or being decided. */
    private final Map<TransactionId, TransactionRun> running = new ConcurrentHashMap<>();
    /** The names of those that only the next incarnation can decide. */
    private final Map<TransactionId, String> left = new ConcurrentHashMap<>();

    Undecided(Workers workers) {
        this.workers = workers;
    }

    void began(TransactionRun run) {
        running.put(run.id(), run);
    }

    void ended(TransactionRun run) {
        running.remove(run.id());
    }

    /** Its decision may or may not be durable: only opening the log again can tell. */
    void leave(TransactionId id, String name) {
        left.put(id, name);
    }

    boolean contains(TransactionId id) {
        return running.containsKey(id) || left.containsKey(id);
    }

    Optional<TransactionId> newest(String name) {
        Stream<TransactionId> atWork =
                running.values().stream().filter(run -> run.name().equals(name)).map(TransactionRun::id);
        Stream<TransactionId> undecidable = left.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey);
        return Stream.concat(atWork, undecidable).max(Comparator.naturalOrder());
    }

    /** Aborts those at work and waits for those being decided. */
    void abortAll(String reason) {
        // Side by side: a participant that hangs costs its timeout once, not once for each transaction.
        running.values().forEach(run -> workers.background(() -> run.abort(reason)));
        running.values().forEach(run -> run.abort(reason));
    }

    /** Aborts, from now on, whatever the application works on for longer than this. */
    void watch(Duration timeout) {
        long timeoutNanos = TimeUnit.NANOSECONDS.convert(timeout);
        Duration pause = Duration.ofNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(10), timeoutNanos / 10));
        workers.after(pause, () -> {
            try {
                long nowNanos = System.nanoTime();
                // Each on a thread of its own: a participant that hangs at one abort delays no other.
                running.values().stream()
                        .filter(run -> run.isOlderThan(timeoutNanos, nowNanos))
                        .forEach(run -> workers.background(() -> run.abortAfter(timeout)));
            } finally {
                // Whatever became of this round: work would else have no timeout any more.
                watch(timeout);
            }
        });
    }
}
