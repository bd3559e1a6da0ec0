package dev.avow.engine.run;

import dev.avow.engine.AbortCause;
import dev.avow.engine.BranchEnding;
import dev.avow.engine.BranchOutcome;
import dev.avow.engine.Outcome;
import dev.avow.engine.Participant;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.CoordinatorState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One transaction from begin to outcome. Its lock is held through commit and abort, so whoever comes second waits for the
 * first and gets the same outcome.
 */
final class TransactionRun implements Transaction {
    private static final int MANY = 16;

    private final TransactionId id;
    private final String name;
    private final Engine engine;
    private final long beganNanos;
    private final Duration workTimeout;
    /** Whether the work timeout goes on while the votes come in. */
    private final boolean votesIncluded;

    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by lock, like all below, but that anyone may look at deciding and outcome. */
    private final List<Branch> branches = new ArrayList<>(2);

    /** The participants, once there are too many to look through at each enlistment. */
    private Set<Participant> enlisted = Set.of();

    /** Present once it ends. */
    private volatile Optional<Deciding> deciding = Optional.empty();

    private volatile Optional<Outcome> outcome = Optional.empty();
    /** Whether a step towards its end has begun and not returned: a second one mustn't begin inside. */
    private boolean left;

    TransactionRun(
            TransactionId id,
            String name,
            Engine engine,
            long beganNanos,
            Duration workTimeout,
            boolean votesIncluded) {
        this.id = id;
        this.name = name;
        this.engine = engine;
        this.beganNanos = beganNanos;
        this.workTimeout = workTimeout;
        this.votesIncluded = votesIncluded;
    }

    @Override
    public TransactionId id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void enlist(Participant participant) {
        engine.roster().requireKnown(participant, name);
        lock.lock();
        try {
            if (outcome.isPresent() || deciding.isPresent()) {
                throw new IllegalStateException("\"" + participant.name() + "\" can't be enlisted in " + name + " ("
                        + id + "), which "
                        + outcome.map(ended -> "has ended: " + describe(ended)).orElse("is being aborted"));
            }
            if (joins(participant)) {
                branches.add(new Branch(branches.size(), participant));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether it takes part only from now on. */
    private boolean joins(Participant participant) {
        if (branches.size() < MANY) {
            for (Branch branch : branches) {
                if (branch.participant() == participant) {
                    return false;
                }
            }
            return true;
        }
        if (enlisted.isEmpty()) {
            enlisted = Collections.newSetFromMap(new IdentityHashMap<>());
            branches.forEach(branch -> enlisted.add(branch.participant()));
        }
        return enlisted.add(participant);
    }

    @Override
    public CoordinatorState state() {
        Optional<Deciding> end = deciding;
        if (end.isPresent()) {
            return end.get().state();
        }
        Optional<Outcome> ended = outcome;
        return ended.isPresent() ? ofNobody(ended.get()) : CoordinatorState.WORKING;
    }

    /** One without participants has nothing to decide. */
    private static CoordinatorState ofNobody(Outcome ended) {
        return ended instanceof Outcome.Aborted ? CoordinatorState.ABORTED : CoordinatorState.FORGOTTEN;
    }

    @Override
    public Optional<Outcome> outcome() {
        return outcome;
    }

    private static String describe(Outcome ended) {
        return ended instanceof Outcome.Aborted aborted
                ? "aborted, " + aborted.reason()
                : ended.getClass().getSimpleName();
    }

    @Override
    public Outcome commit() {
        return end(this::committedNobody, this::commit);
    }

    private Outcome committedNobody() {
        return isLate() ? abortedNobody(tooLate()) : new Outcome.Committed(id, name, List.of());
    }

    private Outcome abortedNobody(Objection objection) {
        return new Outcome.Aborted(id, name, List.of(), objection.cause(), objection.reason(), objection.failure());
    }

    private boolean isLate() {
        return votesIncluded && !isPositive(left(engine.nanoTime()));
    }

    private static boolean isPositive(Duration left) {
        return !left.isNegative() && !left.isZero();
    }

    private Outcome commit(Deciding run) {
        Duration most = engine.options().voteTimeout();
        Duration left = votesIncluded ? left(engine.nanoTime()) : most;
        return isPositive(left) ? run.commit(left.compareTo(most) < 0 ? left : most) : run.abort(tooLate());
    }

    private Duration left(long nowNanos) {
        return workTimeout.minusNanos(nowNanos - beganNanos);
    }

    private Objection tooLate() {
        return new Objection(
                AbortCause.WORK_TIMEOUT, "the application worked for longer than its timeout of " + workTimeout);
    }

    @Override
    public Outcome abort() {
        return abort(new Objection(AbortCause.APPLICATION, "the application aborted it"));
    }

    /** As {@link #abort()}, for this reason. */
    Outcome abort(Objection objection) {
        return end(() -> abortedNobody(objection), run -> run.abort(objection));
    }

    private Outcome end(Supplier<Outcome> ofNobody, Function<Deciding, Outcome> decision) {
        lock.lock();
        try {
            if (outcome.isEmpty() && !left) {
                left = true;
                Outcome ended = branches.isEmpty() ? ofNobody.get() : orLeft(() -> decided(decision));
                outcome = Optional.of(ended);
                leaveIfOver();
                engine.observed().ended(ended);
            }
            return outcome.orElseGet(this::undecided);
        } finally {
            lock.unlock();
        }
    }

    private Outcome decided(Function<Deciding, Outcome> decision) {
        return deciding.isPresent() ? deciding.get().awaitAbort() : decision.apply(begun());
    }

    private Deciding begun() {
        Deciding begun = new Deciding(id, name, branches, engine);
        deciding = Optional.of(begun);
        return begun;
    }

    private <T> T orLeft(Supplier<T> step) {
        try {
            return step.get();
        } catch (RuntimeException | Error defect) {
            // How far it came is unclear, so nobody may presume anything. (AnswerOnlyDecided)
            engine.undecided().leave(id, name);
            engine.undecided().ended(this);
            outcome = Optional.of(undecided());
            throw defect;
        }
    }

    /** While a call is under way in its time, recovery mustn't call beside it, though nobody awaits it any more. */
    private void leaveIfOver() {
        if (deciding.filter(Deciding::isUnderWay).isEmpty()) {
            engine.undecided().ended(this);
        }
    }

    private Outcome undecided() {
        List<BranchOutcome> unknown = branches.stream()
                .map(branch ->
                        new BranchOutcome(branch.name(), Optional.empty(), BranchEnding.UNKNOWN, Optional.empty()))
                .toList();
        return new Outcome.InDoubt(
                id, name, unknown, "its commit ended with an unexpected exception", Optional.empty());
    }

    /** Begins the abort if the application has worked for too long. */
    void beginAbortIfLate(long nowNanos) {
        if (!isPositive(left(nowNanos))) {
            beginAbort(tooLate());
        }
    }

    /** Sends the abort and waits for nobody, nor for a commit that is under way. Whoever ends it later gets its outcome. */
    void beginAbort(Objection objection) {
        unlessBusy(() -> {
            if (outcome.isEmpty() && branches.isEmpty()) {
                abort(objection);
            } else if (outcome.isEmpty() && deciding.isEmpty()) {
                left = true;
                orLeft(() -> {
                    begun().beginAbort(objection);
                    return id;
                });
                left = false;
            }
        });
    }

    /** Ends an abort that has begun, once there is nothing to wait for; and leaves what nobody awaits any more. */
    void endIfAnswered() {
        unlessBusy(() -> {
            if (deciding.isPresent() && !deciding.get().isUnderWay()) {
                abort();
                leaveIfOver();
            }
        });
    }

    /**
     * Ends it for the coordinator's end; in its own thread, nobody's caller.
     *
     * @return false if another thread was still ending it after this long
     */
    boolean abortWithin(Duration patience, Objection objection) {
        if (!lockWithin(patience)) {
            return false;
        }
        try {
            abort(objection);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean lockWithin(Duration patience) {
        long deadlineNanos = engine.deadlineNanos(patience);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return lock.tryLock(engine.left(deadlineNanos).toNanos(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException notNow) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void unlessBusy(Runnable step) {
        if (lock.tryLock()) {
            try {
                step.run();
            } finally {
                lock.unlock();
            }
        }
    }
}
