package dev.avow.engine.run;

import dev.avow.engine.Pending;
import dev.avow.engine.TransactionId;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transactions of which nobody may presume anything: recovery leaves their branches alone. (AnswerOnlyDecided) */
final class Undecided {
    private static final Logger LOG = LoggerFactory.getLogger(Undecided.class);
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So many that two transactions hardly ever share a bin, with whose lock a thread may lose the processor. */
    static final int BINS = 1 << 12;

    private final Workers workers;
    /** At work or being decided. */
    private final Map<TransactionId, TransactionRun> running = new ConcurrentHashMap<>(BINS);
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

    /** Those that only the next incarnation can decide. */
    Stream<Pending> pending() {
        return left.entrySet().stream()
                .map(entry -> new Pending(
                        Pending.Task.DECIDE,
                        Optional.of(entry.getKey()),
                        entry.getValue(),
                        "",
                        Duration.ZERO,
                        false,
                        Optional.empty(),
                        0,
                        Optional.of("the log has stopped under its decision: open the coordinator again"),
                        Optional.empty()));
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

    /**
     * Aborts those at work and waits for those being decided. Nobody is called in this thread, whose caller waits for the
     * coordinator's end and not for a participant.
     *
     * @param patience for all of them together
     */
    void abortAll(Objection objection, Duration patience) {
        workers.asOwn(() -> {
            // All are sent before any is awaited: a participant that hangs costs its timeout once, not once for each.
            each(run -> run.beginAbort(objection));
            long deadlineNanos = System.nanoTime() + TimeUnit.NANOSECONDS.convert(patience);
            each(run -> {
                Duration left = Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
                if (!run.abortWithin(left, objection)) {
                    LOG.warn(
                            "{} ({}) is left to the thread that ends it, where a participant hangs; the next start of the"
                                    + " coordinator settles it",
                            run.name(),
                            run.id());
                }
            });
        });
    }

    /** Takes this step with all of them, also if one fails. */
    private void each(Consumer<TransactionRun> step) {
        for (TransactionRun run : running.values()) {
            try {
                step.accept(run);
            } catch (RuntimeException | Error defect) {
                LOG.error("Aborting {} ({}) failed as nothing here should", run.name(), run.id(), defect);
            }
        }
    }

    /**
     * Aborts, from now on, whatever the application works on for longer than its timeout.
     *
     * @param usual most transactions' timeout
     */
    void watch(Duration usual) {
        long usualNanos = TimeUnit.NANOSECONDS.convert(usual);
        Duration pause = Duration.ofNanos(Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, usualNanos / 10)));
        workers.after(pause, () -> {
            try {
                long nowNanos = System.nanoTime();
                // Nobody is waited for here: a participant that hangs at one abort delays no other.
                each(run -> {
                    run.beginAbortIfLate(nowNanos);
                    run.endIfAnswered();
                });
            } finally {
                // Whatever became of this round: work would else have no timeout any more.
                watch(usual);
            }
        });
    }
}
