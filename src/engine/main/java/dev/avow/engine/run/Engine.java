package dev.avow.engine.run;

import dev.avow.engine.AvowOptions;
import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.Finding;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogException;
import dev.avow.engine.Observer;
import dev.avow.engine.Participant;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One incarnation of a coordinator: who takes part, what runs, what is being told. Safe for any number of threads. */
public final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final DecisionLog log;
    private final AvowOptions options;
    private final Map<String, Participant> participants;
    private final Backoff backoff;
    private final Workers workers = new Workers();
    private final Recovery recovery = new Recovery(this);
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Once set, nothing is decided any more. */
    private volatile Optional<LogException> stopped = Optional.empty();

    private final Map<TransactionId, TransactionRun> running = new ConcurrentHashMap<>();
    private final Map<TransactionId, Telling> tellings = new ConcurrentHashMap<>();
    private final Map<String, Boolean> unreachable = new ConcurrentHashMap<>();
    private final ReentrantLock toldLock = new ReentrantLock();
    private final Condition told = toldLock.newCondition();

    private Engine(DecisionLog log, AvowOptions options, Map<String, Participant> participants) {
        this.log = log;
        this.options = options;
        this.participants = participants;
        this.backoff = new Backoff(options.retryFirst(), options.retryMost(), RandomGenerator.getDefault());
    }

    /** Starts a coordinator on this log and its recovery; closes the log if that fails. */
    public static Engine open(DecisionLog log, AvowOptions options, List<? extends Participant> participants) {
        try {
            Engine engine = new Engine(log, options, byName(participants));
            engine.recovery.start();
            engine.watchWorkTimeout();
            return engine;
        } catch (RuntimeException failure) {
            log.close();
            throw failure;
        }
    }

    private static Map<String, Participant> byName(List<? extends Participant> participants) {
        Map<String, Participant> byName = new LinkedHashMap<>();
        for (Participant participant : participants) {
            if (byName.put(participant.name(), participant) != null) {
                throw new IllegalArgumentException("two participants are called \"" + participant.name()
                        + "\": give each its own name, and keep it");
            }
        }
        return byName;
    }

    /** Begins a transaction of this name. */
    public Transaction begin(String name) {
        requireOpen();
        stopped.ifPresent(cause -> {
            throw new IllegalStateException(
                    name + " can't begin: the coordinator's log has stopped; open it again", cause);
        });
        TransactionId id = TransactionId.of(log.coordinator(), log.incarnation(), sequence.incrementAndGet());
        TransactionRun run = new TransactionRun(id, name, this, nanoTime());
        running.put(id, run);
        return run;
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the coordinator is closed");
        }
    }

    /** How the newest transaction of this name ended. */
    public Finding outcomeOf(String name) {
        Optional<Finding> present = running.values().stream()
                .filter(run -> run.name().equals(name))
                .findAny()
                .map(run -> Finding.RUNNING);
        Optional<Finding> unfinished = log.unfinished().stream()
                .filter(record -> record.name().equals(name))
                .findAny()
                .map(record -> Finding.COMMITTING);
        return present.or(() -> unfinished).orElseGet(() -> remembered(log.remembered(name)));
    }

    /** How this transaction ended. */
    public Finding outcomeOf(TransactionId id) {
        if (running.containsKey(id)) {
            return Finding.RUNNING;
        }
        boolean unfinished =
                log.unfinished().stream().anyMatch(record -> record.id().equals(id));
        return unfinished ? Finding.COMMITTING : remembered(log.remembered(id));
    }

    private static Finding remembered(Optional<RememberedOutcome> outcome) {
        return outcome.map(known -> switch (known.ending()) {
                    case COMMITTED -> Finding.COMMITTED;
                    case ABORTED -> Finding.ABORTED;
                })
                .orElse(Finding.NO_RECORD);
    }

    /** The commits that a participant has still to be told. */
    public List<CommitRecord> unfinished() {
        return log.unfinished();
    }

    /** The contradictions that nobody has settled. */
    public List<HeuristicRecord> heuristics() {
        return log.heuristics();
    }

    /** Whether recovery had nothing left to do within this time. */
    public boolean awaitRecovered(Duration timeout) throws InterruptedException {
        requireOpen();
        return recovery.await(timeout);
    }

    /** Aborts what is at work, waits for what is being committed, and closes the log. */
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // A transaction that is being committed holds its lock: this waits for it, for the tell timeout at most.
        running.values().forEach(TransactionRun::abort);
        workers.stop();
        log.close();
    }

    DecisionLog log() {
        return log;
    }

    AvowOptions options() {
        return options;
    }

    Observer observer() {
        return options.observer();
    }

    Workers workers() {
        return workers;
    }

    Collection<Participant> participants() {
        return participants.values();
    }

    Optional<Participant> participant(String name) {
        return Optional.ofNullable(participants.get(name));
    }

    long nanoTime() {
        return System.nanoTime();
    }

    void requireKnown(Participant participant, String transaction) {
        if (participants.get(participant.name()) != participant) {
            throw new IllegalArgumentException("participant \"" + participant.name() + "\" can't be enlisted in "
                    + transaction + ": open the coordinator with it, or it couldn't be recovered");
        }
    }

    boolean isRunning(TransactionId id) {
        return running.containsKey(id);
    }

    /** Whether nobody but this incarnation can decide the transaction. (AnswerOnlyDecided) */
    boolean hasAuthorityOver(TransactionId id) {
        return id.coordinator() == log.coordinator() && id.incarnation() <= log.incarnation() && stopped.isEmpty();
    }

    void ended(TransactionRun run) {
        running.remove(run.id());
    }

    void telling(Telling telling) {
        tellings.put(telling.id(), telling);
    }

    void told(Telling telling) {
        if (!telling.isDone()) {
            return;
        }
        tellings.remove(telling.id(), telling);
        toldLock.lock();
        try {
            told.signalAll();
        } finally {
            toldLock.unlock();
        }
    }

    boolean awaitTold(long deadlineNanos) throws InterruptedException {
        toldLock.lock();
        try {
            long left = deadlineNanos - nanoTime();
            while (!tellings.isEmpty() && left > 0) {
                left = told.awaitNanos(left);
            }
            return tellings.isEmpty() && log.unfinished().size() == 0;
        } finally {
            toldLock.unlock();
        }
    }

    void later(int failures, Runnable repetition) {
        workers.after(backoff.after(failures), repetition);
    }

    void laterInspection(int failures, Runnable inspection) {
        workers.after(failures == 0 ? options.retryMost() : backoff.after(failures), inspection);
    }

    void reachable(Participant participant) {
        if (unreachable.remove(participant.name()) != null) {
            LOG.info("\"{}\" answers again", participant.name());
        }
    }

    /** Said once for each time that it falls silent: what follows are repetitions. */
    void unreachable(Participant participant, Exception failure) {
        if (unreachable.put(participant.name(), true) == null) {
            LOG.warn(
                    "\"{}\" doesn't carry out what it is told; trying again until it does",
                    participant.name(),
                    failure);
        }
    }

    Optional<LogException> stopped() {
        return stopped;
    }

    /** The log takes no more decisions: what is undecided, the next incarnation decides. */
    synchronized void stopDeciding(LogException cause) {
        if (!closed.get() && stopped.isEmpty()) {
            stopped = Optional.of(cause);
            LOG.error("The log has stopped: no transaction is decided any more. Open the coordinator again.", cause);
        }
    }

    void noteAborted(TransactionId id, String name) {
        try {
            log.appendAborted(id, name);
        } catch (LogException failure) {
            // Nothing rests on the note: no record means abort. (PresumedAbort)
            LOG.debug("The abort of {} ({}) isn't noted for outcome lookup", name, id, failure);
        }
    }

    private void watchWorkTimeout() {
        Duration pause = Duration.ofNanos(Math.max(
                TimeUnit.MILLISECONDS.toNanos(10), options.workTimeout().toNanos() / 10));
        workers.after(pause, () -> {
            running.values()
                    .forEach(run -> run.abortIfOlderThan(options.workTimeout().toNanos(), nanoTime()));
            if (!closed.get()) {
                watchWorkTimeout();
            }
        });
    }
}
