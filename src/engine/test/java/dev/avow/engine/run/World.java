package dev.avow.engine.run;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogOptions;
import dev.avow.engine.Observer;
import dev.avow.engine.Participant;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Coordinators, participants and what happens between them. Timeouts are so long that a test that needs none never meets
 * one, retries so short that none is waited for.
 */
public final class World implements AutoCloseable {
    public static final Duration LONG = Duration.ofSeconds(20);
    public static final Duration SHORT = Duration.ofMillis(30);
    /** Conditions that nobody signals are looked at this often. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final LogOptions SMALL = LogOptions.defaults().withSegmentBytes(64 << 10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<String> journal = new ConcurrentLinkedQueue<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final Queue<Observer.Step> steps = new ConcurrentLinkedQueue<>();
    private final List<Gate> gates = new ArrayList<>();
    private final List<Avow> coordinators = new ArrayList<>();
    private final List<Engine> engines = new ArrayList<>();

    public ScriptedParticipant participant(String name) {
        return new ScriptedParticipant(name, this);
    }

    public Gate gate() {
        Gate gate = new Gate();
        gates.add(gate);
        return gate;
    }

    public AvowOptions options() {
        return AvowOptions.defaults()
                .withWorkTimeout(Duration.ofMinutes(10))
                .withVoteTimeout(LONG)
                .withTellTimeout(LONG)
                .withRetries(Duration.ofMillis(1), Duration.ofMillis(5))
                .withObserver(step -> {
                    steps.add(step);
                    changed();
                });
    }

    public ScriptedLog log(Path directory) {
        return new ScriptedLog(DecisionLog.open(directory, SMALL), this);
    }

    public Avow open(Path directory, Participant... participants) {
        return open(directory, options(), participants);
    }

    public Avow open(Path directory, AvowOptions options, Participant... participants) {
        return open(DecisionLog.open(directory, SMALL), options, participants);
    }

    public Avow open(DecisionLog log, AvowOptions options, Participant... participants) {
        Avow avow = Avow.open(log, options, List.of(participants));
        coordinators.add(avow);
        return avow;
    }

    /** The same on threads of the test's own. */
    Engine open(DecisionLog log, AvowOptions options, Supplier<Workers> workers, Participant... participants) {
        Engine engine = Engine.open(log, options, List.of(participants), workers);
        engines.add(engine);
        return engine;
    }

    /** A transaction with these. */
    public static Transaction begin(Avow avow, String name, Participant... participants) {
        Transaction transaction = avow.begin(name);
        for (Participant participant : participants) {
            transaction.enlist(participant);
        }
        return transaction;
    }

    /** Runs it on a thread of its own. */
    public static <T> FutureTask<T> aside(Callable<T> callable) {
        FutureTask<T> task = new FutureTask<>(callable);
        Thread thread = new Thread(task, "aside");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    public static <T> T resultOf(FutureTask<T> task) throws Exception {
        return task.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    /** Returns once this holds; fails after a deadline. */
    public void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + LONG.toNanos();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                long left = deadlineNanos - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("within " + LONG + " it didn't come to this: " + what);
                }
                long unused = changed.awaitNanos(Math.min(left, SLICE_NANOS));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns once recovery has looked at this participant so many more times. */
    public void awaitInquiries(ScriptedParticipant participant, int more) throws InterruptedException {
        int wanted = participant.inquiries() + more;
        await(more + " more looks at " + participant.name(), () -> participant.inquiries() >= wanted);
    }

    void happened(String event) {
        journal.add(event);
        changed();
    }

    void changed() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void violated(String what) {
        violations.add(what);
    }

    /** Calls of participants and appends of logs, in order. */
    public List<String> journal() {
        return List.copyOf(journal);
    }

    /** The steps of this transaction, in order. */
    public List<Observer.Step> steps(TransactionId id) {
        return steps.stream().filter(step -> step.id().equals(id)).toList();
    }

    public List<String> actions(TransactionId id) {
        return steps(id).stream().map(Observer.Step::action).toList();
    }

    /** Lets everything go, and fails if a participant was asked for what no coordinator may ask. */
    @Override
    public void close() {
        gates.forEach(Gate::open);
        coordinators.forEach(Avow::close);
        engines.forEach(Engine::close);
        if (!violations.isEmpty()) {
            throw new AssertionError(violations);
        }
    }
}
