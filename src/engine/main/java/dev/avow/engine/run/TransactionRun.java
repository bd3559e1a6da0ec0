package dev.avow.engine.run;

import dev.avow.engine.BranchEnding;
import dev.avow.engine.BranchOutcome;
import dev.avow.engine.Outcome;
import dev.avow.engine.Participant;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One transaction from begin to outcome. Its lock is held through commit and abort, so whoever comes second waits for the
 * first and gets the same outcome.
 */
final class TransactionRun implements Transaction {
    private final TransactionId id;
    private final String name;
    private final Engine engine;
    private final long beganNanos;

    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by lock, like outcome. */
    private final List<Branch> branches = new ArrayList<>();

    private Optional<Outcome> outcome = Optional.empty();

    TransactionRun(TransactionId id, String name, Engine engine, long beganNanos) {
        this.id = id;
        this.name = name;
        this.engine = engine;
        this.beganNanos = beganNanos;
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
        engine.requireKnown(participant, name);
        lock.lock();
        try {
            outcome.ifPresent(ended -> {
                throw new IllegalStateException("\"" + participant.name() + "\" can't be enlisted in " + name + " ("
                        + id + "), which has ended: " + describe(ended));
            });
            if (branches.stream().noneMatch(branch -> branch.participant() == participant)) {
                branches.add(new Branch(branches.size(), participant));
            }
        } finally {
            lock.unlock();
        }
    }

    private static String describe(Outcome ended) {
        return ended instanceof Outcome.Aborted aborted
                ? "aborted, " + aborted.reason()
                : ended.getClass().getSimpleName();
    }

    @Override
    public Outcome commit() {
        return end(() -> branches.isEmpty()
                ? new Outcome.Committed(id, name, List.of())
                : new Deciding(id, name, branches, engine).commit());
    }

    @Override
    public Outcome abort() {
        return abort("the application aborted it");
    }

    /** As {@link #abort()}, for this reason. */
    Outcome abort(String reason) {
        return end(() -> branches.isEmpty()
                ? new Outcome.Aborted(id, name, List.of(), reason, Optional.empty())
                : new Deciding(id, name, branches, engine).abort(reason, Optional.empty()));
    }

    private Outcome end(Supplier<Outcome> decision) {
        lock.lock();
        try {
            if (outcome.isEmpty()) {
                // Set first, so that a defect in between can't let a second decision begin.
                outcome = Optional.of(undecided());
                outcome = Optional.of(decided(decision));
            }
            return outcome.get();
        } finally {
            lock.unlock();
        }
    }

    private Outcome decided(Supplier<Outcome> decision) {
        try {
            return decision.get();
        } catch (RuntimeException | Error defect) {
            // How far it came is unclear, so nobody may presume anything. (AnswerOnlyDecided)
            engine.undecided().leave(id, name);
            throw defect;
        } finally {
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

    boolean isOlderThan(long timeoutNanos, long nowNanos) {
        return nowNanos - beganNanos >= timeoutNanos;
    }

    /** Aborts it since the application has worked for too long. One that is being committed is left alone. */
    void abortAfter(Duration timeout) {
        if (lock.tryLock()) {
            try {
                abort("the application worked for longer than its timeout of " + timeout);
            } finally {
                lock.unlock();
            }
        }
    }
}
