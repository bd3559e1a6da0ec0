package dev.avow.engine.run;

import dev.avow.engine.AbortCause;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.Finding;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogException;
import dev.avow.engine.LogRefusedException;
import dev.avow.engine.Participant;
import dev.avow.engine.Pending;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.Resolution;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One incarnation of a coordinator: who takes part, what runs, what is being told. Safe for any number of threads. */
public final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private static final Duration LONGEST = Duration.ofDays(365);

    private final DecisionLog log;
    private final AvowOptions options;
    private final Roster roster;
    private final Observed observed;
    private final Backoff backoff;
    private final Workers workers;
    private final Reachability reachability = new Reachability();
    private final Recovery recovery;
    private final Lookup lookup;
    private final Lineage lineage;
    private final Desk desk;
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Once set, nothing is decided any more. */
    private volatile Optional<LogException> stopped = Optional.empty();

    /** Set before anyone else has the engine. */
    private Optional<StatusWriter> status = Optional.empty();

    private final Undecided undecided;
    private final Tellings tellings = new Tellings();

    private Engine(DecisionLog log, AvowOptions options, Roster roster, Workers workers) {
        this.log = log;
        this.options = options;
        this.roster = roster;
        this.workers = workers;
        this.observed = new Observed(options.observer());
        this.undecided = new Undecided(workers);
        this.backoff = new Backoff(options.retryFirst(), options.retryMost(), RandomGenerator.getDefault());
        this.recovery = new Recovery(this);
        this.lookup = new Lookup(this, log);
        this.lineage = new Lineage(this, log);
        this.desk = new Desk(this, log);
    }

    /**
     * Starts a coordinator on this log and its recovery; closes the log if that fails. It keeps a status in the log's
     * directory, if there is one.
     */
    public static Engine open(DecisionLog log, AvowOptions options, List<? extends Participant> participants) {
        Engine engine = open(log, options, participants, () -> new Workers(options.calling()));
        engine.status = log.directory().map(directory -> new StatusWriter(engine, directory));
        try {
            engine.status.ifPresent(StatusWriter::start);
            return engine;
        } catch (RuntimeException | Error failure) {
            engine.close();
            throw failure;
        }
    }

    static Engine open(
            DecisionLog log, AvowOptions options, List<? extends Participant> participants, Supplier<Workers> threads) {
        Optional<Workers> workers = Optional.empty();
        try {
            workers = Optional.of(threads.get());
            Engine engine = new Engine(log, options, Roster.of(participants), workers.get());
            engine.recovery.start();
            engine.undecided.watch(options.workTimeout());
            return engine;
        } catch (RuntimeException | Error failure) {
            // Also an Error, such as that of a driver's missing class: the directory would else stay locked.
            workers.ifPresent(Workers::stop);
            closeAfter(failure, log);
            throw failure;
        }
    }

    private static void closeAfter(Throwable failure, DecisionLog log) {
        try {
            log.close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Begins a transaction of this name. */
    public Transaction begin(String name) {
        return begin(name, options.workTimeout(), false);
    }

    /** The same, with a timeout of its own for its work and its votes together. */
    public Transaction begin(String name, Duration timeout) {
        return begin(name, timeout, true);
    }

    private Transaction begin(String name, Duration workTimeout, boolean votesIncluded) {
        requireOpen();
        stopped.ifPresent(cause -> {
            String why = cause instanceof LogRefusedException
                    ? String.valueOf(cause.getMessage())
                    : "the coordinator's log has stopped; open it again";
            throw new IllegalStateException(name + " can't begin: " + why, cause);
        });
        TransactionId id = TransactionId.of(log.coordinator(), log.incarnation(), sequence.incrementAndGet());
        TransactionRun run = new TransactionRun(id, name, this, nanoTime(), workTimeout, votesIncluded);
        undecided.began(run);
        if (closed.get()) {
            // It closed in between, and may have missed this one.
            undecided.ended(run);
        }
        requireOpen();
        observed.began(id, name);
        return run;
    }

    /** Whether it is open, and its log hasn't stopped. */
    public boolean takesTransactions() {
        return !closed.get() && stopped.isEmpty();
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the coordinator is closed");
        }
    }

    /** How the newest transaction of this name ended. */
    public Finding outcomeOf(String name) {
        return lookup.outcomeOf(name);
    }

    /** How this transaction ended. */
    public Finding outcomeOf(TransactionId id) {
        return lookup.outcomeOf(id);
    }

    /** The commits that a participant has still to be told. */
    public List<CommitRecord> unfinished() {
        return log.unfinished().stream()
                .filter(record -> tellings.contains(record.id()) || undecided.contains(record.id()))
                .toList();
    }

    /** The contradictions that nobody has settled. */
    public List<HeuristicRecord> heuristics() {
        return log.heuristics();
    }

    /** A person has settled this contradiction. */
    public void settle(TransactionId id, String participant) {
        requireOpen();
        desk.settle(id, participant);
    }

    /** A person has decided about a participant's part; returns what the log holds of that. */
    public Resolution settle(Resolution resolution) {
        requireOpen();
        return desk.settle(resolution);
    }

    /** What is still to be done, at this moment. */
    public List<Pending> pending() {
        return desk.pending(recovery);
    }

    /** Whether recovery had nothing left to do within this time. */
    public boolean awaitRecovered(Duration timeout) throws InterruptedException {
        requireOpen();
        return recovery.await(timeout);
    }

    /** A participant asks for the decision, and is told it now if there is one. (AnswerOnlyDecided) */
    public void inquired(TransactionId id, String participant) {
        requireOpen();
        Optional<Telling> telling = tellings.of(id);
        if (telling.isPresent()) {
            workers.asOwn(telling.get()::tellNow);
            return;
        }
        if (!undecided.contains(id) && !hasAuthorityOver(id)) {
            // Whoever asks must not wait for an answer that can't come.
            throw new IllegalStateException(
                    id + " can't be decided here: it is another coordinator's, or the log has stopped"
                            + " or was restored from an old copy");
        }
        recovery.lookAt(participant);
    }

    /** Aborts what is at work, waits for what is being committed, and closes the log. */
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            undecided.abortAll(
                    new Objection(AbortCause.CLOSED, "the coordinator was closed"),
                    bounded(options.voteTimeout()).plus(bounded(options.tellTimeout())));
        } finally {
            workers.stop();
            status.ifPresent(StatusWriter::close);
            log.close();
        }
    }

    /** A timeout may be as long as a duration can be. */
    private static Duration bounded(Duration timeout) {
        return timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
    }

    DecisionLog log() {
        return log;
    }

    AvowOptions options() {
        return options;
    }

    Observed observed() {
        return observed;
    }

    Workers workers() {
        return workers;
    }

    Roster roster() {
        return roster;
    }

    int incarnation() {
        return log.incarnation();
    }

    long nanoTime() {
        return System.nanoTime();
    }

    /** So far away at most that it compares: a timeout may be as long as a duration can be. */
    long deadlineNanos(Duration timeout) {
        return nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
    }

    Duration left(long deadlineNanos) {
        return Duration.ofNanos(Math.max(0, deadlineNanos - nanoTime()));
    }

    Undecided undecided() {
        return undecided;
    }

    Tellings tellings() {
        return tellings;
    }

    /** The user's own name for it, if the log remembers that. */
    String nameOf(TransactionId id) {
        return log.remembered(id).map(RememberedOutcome::name).orElse(id.toString());
    }

    /** Whether nobody but this incarnation can decide the transaction. (AnswerOnlyDecided) */
    boolean hasAuthorityOver(TransactionId id) {
        return id.coordinator() == log.coordinator()
                && id.incarnation() <= log.incarnation()
                && stopped.isEmpty()
                && lineage.hasLostNothingOf(id);
    }

    /** Whether this incarnation, whose the id is, has given it out by now. */
    boolean hasBegun(TransactionId id) {
        return id.sequence() <= sequence.get();
    }

    Lineage lineage() {
        return lineage;
    }

    /** Runs it after the pause that follows so many failures; returns when that is over. */
    long later(int failures, Runnable repetition) {
        return after(backoff.after(failures), repetition);
    }

    long laterInspection(int failures, Runnable inspection) {
        return after(failures == 0 ? options.retryMost() : backoff.after(failures), inspection);
    }

    private long after(Duration pause, Runnable task) {
        workers.after(pause, task);
        return deadlineNanos(pause);
    }

    Reachability reachability() {
        return reachability;
    }

    Optional<LogException> stopped() {
        return stopped;
    }

    /** The log takes no more decisions: what is undecided, the next incarnation decides. */
    synchronized void stopDeciding(LogException cause) {
        if (stopped.isPresent()) {
            return;
        }
        stopped = Optional.of(cause);
        if (!closed.get()) {
            if (cause instanceof LogRefusedException) {
                LOG.error("No transaction is decided any more: {}", cause.getMessage());
            } else {
                LOG.error(
                        "The log has stopped: no transaction is decided any more. Open the coordinator again.", cause);
            }
        }
    }

    void noteAborted(TransactionId id, String name) {
        try {
            log.appendAborted(id, name);
        } catch (RuntimeException failure) {
            // Nothing rests on the note: no record means abort. (PresumedAbort)
            LOG.debug("The abort of {} ({}) isn't noted for outcome lookup", name, id, failure);
        }
    }
}
