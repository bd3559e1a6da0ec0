package dev.avow.engine.run;

import dev.avow.engine.BranchEnding;
import dev.avow.engine.BranchOutcome;
import dev.avow.engine.HeuristicException;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogException;
import dev.avow.engine.LogFullException;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.BranchSet;
import dev.avow.protocol.Coordinator;
import dev.avow.protocol.CoordinatorState;
import dev.avow.protocol.CoordinatorStep;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One decision on its way to the participants. A commit is told until each has acknowledged it; an abort is told once,
 * since whoever misses it and is in doubt is found by {@link Recovery} and hears the presumption.
 *
 * <p>A branch has at most one call under way, and one that hangs holds no other branch up.
 */
final class Telling {
    private final TransactionId id;
    private final String name;
    private final List<Branch> branches;
    private final Protocol protocol;
    private final Engine engine;
    private final Carrier carrier = new Carried();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Calls that the present step asks for: made after it, so that an answer finds the step taken. Guarded by lock. */
    private final Deque<Runnable> outbox = new ArrayDeque<>();
    /** Branches with a call under way. Guarded by lock, like all below and the state of protocol and branches. */
    private final BitSet underWay = new BitSet();
    /** Branches that have answered at least once, be it with a failure. */
    private final BitSet answered = new BitSet();
    /** Branches that have done what they were told, or have settled it alone and forgotten that. */
    private final BitSet settled = new BitSet();

    private int failures;
    private boolean repetitionIsDue;
    private boolean contradicted;
    private boolean onePhase;
    private boolean calling;

    Telling(TransactionId id, String name, List<Branch> branches, Protocol protocol, Engine engine) {
        this.id = id;
        this.name = name;
        this.branches = branches;
        this.protocol = protocol;
        this.engine = engine;
    }

    /** A commit that an earlier incarnation has left unfinished. (CoordinatorRecover) */
    static Telling recovered(TransactionId id, String name, List<Branch> branches, Engine engine) {
        Coordinator state = Coordinator.recovered(branches.size(), BranchSet.first(branches.size()));
        return new Telling(id, name, branches, new Protocol(id, name, engine.observer(), state), engine);
    }

    /** A transaction of which there is no record, and a participant that is in doubt about it. (PresumedAbort) */
    static Telling presumed(TransactionId id, String name, Branch inDoubt, Engine engine) {
        Protocol protocol = new Protocol(id, name, engine.observer(), Coordinator.unknown(1));
        return new Telling(id, name, List.of(inDoubt), protocol, engine);
    }

    TransactionId id() {
        return id;
    }

    /** Tells the commit to whoever hasn't acknowledged it. */
    void sendCommit() {
        drive(() -> take(new CoordinatorStep.SendCommit()));
    }

    /** Decides to abort, and tells it. */
    void decideAbort() {
        drive(() -> take(new CoordinatorStep.DecideAbort()));
    }

    /** Gives the presumption to the only branch. */
    void answer() {
        drive(() -> take(new CoordinatorStep.Answer(0)));
    }

    /** The only branch has settled alone what it alone was to decide. */
    void settledOnePhase(HeuristicException heuristic) {
        drive(() -> {
            onePhase = true;
            settle(branches.get(0), () -> settledAlone(branches.get(0), heuristic));
        });
    }

    private void drive(Runnable steps) {
        lock.lock();
        try {
            steps.run();
        } catch (LogFullException noSpace) {
            // The step that needed the log isn't taken; it is tried again, as if the participant had failed.
            repeatLater();
        } catch (LogException failure) {
            // Nothing is recorded any more: the next incarnation takes it up.
            engine.stopDeciding(failure);
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    private void take(CoordinatorStep step) {
        take(step, Optional.empty(), "");
    }

    private void take(CoordinatorStep step, Optional<Branch> branch, String detail) {
        protocol.take(step, carrier, branch, detail);
        makeCalls();
    }

    /** An answer that is given at once may ask for more calls: they join the queue, or each would deepen the stack. */
    private void makeCalls() {
        if (calling) {
            return;
        }
        calling = true;
        try {
            for (Runnable call = outbox.poll(); call != null; call = outbox.poll()) {
                call.run();
            }
        } finally {
            calling = false;
        }
    }

    /** Waits until each branch has answered, be it with a failure; not longer than this, nor past an interrupt. */
    void awaitAnswers(Duration timeout) {
        lock.lock();
        try {
            long left = TimeUnit.NANOSECONDS.convert(timeout);
            while (answered.cardinality() < branchesToTell() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            // The decision stands; only the waiting ends.
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private int branchesToTell() {
        return isCommit() ? protocol.state().committing().size() : branches.size();
    }

    private boolean isCommit() {
        return !protocol.state().committing().isEmpty();
    }

    boolean isDone() {
        return locked(() -> protocol.state().state() != CoordinatorState.COMMITTING);
    }

    /** Whether each branch has answered at least once, be it with a failure. */
    boolean isAnswered() {
        return locked(() -> answered.cardinality() == branchesToTell());
    }

    /** The exception that a branch answered with last, unless it told of a settling that is dealt with. */
    Optional<Exception> failure() {
        return locked(() -> branches.stream()
                .filter(branch -> !settled.get(branch.number()))
                .flatMap(branch -> branch.failure().stream())
                .findFirst());
    }

    /** Whether a participant has settled its part otherwise than decided. */
    boolean isContradicted() {
        return locked(() -> contradicted);
    }

    List<BranchOutcome> outcomes() {
        return locked(() -> branches.stream().map(Branch::outcome).toList());
    }

    private <T> T locked(Supplier<T> reading) {
        lock.lock();
        try {
            return reading.get();
        } finally {
            lock.unlock();
        }
    }

    private void deliver(int number, Callable<Boolean> call) {
        if (underWay.get(number)) {
            return;
        }
        underWay.set(number);
        Branch branch = branches.get(number);
        Runnable start = () -> engine.workers().call(branch.participant(), () -> hear(Reply.of(branch, call)));
        // Those that may block first: they are on their way while the others are called in this thread.
        if (branch.participant().mayBlock()) {
            outbox.addFirst(() -> branch.afterPrepare(start));
        } else {
            outbox.addLast(() -> branch.afterPrepare(start));
        }
    }

    private void hear(Reply<Boolean> reply) {
        Branch branch = reply.branch();
        drive(() -> {
            underWay.clear(branch.number());
            settle(branch, () -> {
                if (reply.failure().isEmpty()) {
                    done(branch);
                } else if (reply.failure().get() instanceof HeuristicException heuristic) {
                    settledAlone(branch, heuristic);
                } else {
                    failed(branch, reply.failure().get());
                }
            });
        });
    }

    private void settle(Branch branch, Runnable steps) {
        try {
            steps.run();
        } catch (LogException failure) {
            // It has answered, whatever the log says to that: nobody need wait for more.
            answered.set(branch.number());
            throw failure;
        }
    }

    private void done(Branch branch) {
        if (!branch.ending().isHeuristic()) {
            branch.ended(isCommit() ? BranchEnding.COMMITTED : BranchEnding.ABORTED);
        }
        if (isCommit()) {
            engine.reachability().succeeded(branch.participant(), id);
        }
        settled.set(branch.number());
        answered.set(branch.number());
        CoordinatorStep ack = new CoordinatorStep.ReceiveAck(branch.number());
        if (protocol.allows(ack)) {
            take(ack, Optional.of(branch), "");
        }
        forgetIfDone();
    }

    private void forgetIfDone() {
        if (protocol.allows(new CoordinatorStep.Forget())) {
            take(new CoordinatorStep.Forget());
        }
        engine.told(this);
    }

    private void failed(Branch branch, Exception failure) {
        branch.failed(failure);
        answered.set(branch.number());
        if (isCommit()) {
            engine.reachability().failed(branch.participant(), id, failure);
        }
        repeatLater();
    }

    private void repeatLater() {
        if (isCommit() && !repetitionIsDue) {
            repetitionIsDue = true;
            failures++;
            engine.later(failures, () -> drive(this::repeat));
        }
    }

    private void repeat() {
        repetitionIsDue = false;
        if (protocol.allows(new CoordinatorStep.SendCommit())) {
            take(new CoordinatorStep.SendCommit());
        }
        forgetIfDone();
    }

    private void settledAlone(Branch branch, HeuristicException heuristic) {
        branch.failed(heuristic);
        branch.ended(heuristic.ending());
        if (agrees(heuristic.ending())) {
            carrier.forget(branch.number());
            makeCalls();
            return;
        }
        contradicted = true;
        CoordinatorStep damage = new CoordinatorStep.ReceiveDamage(branch.number());
        if (protocol.allows(damage)) {
            take(damage, Optional.of(branch), heuristic.ending().toString());
        }
        take(new CoordinatorStep.SendForget(branch.number()), Optional.of(branch), "");
    }

    /** Whoever alone decides agrees with itself, unless it has settled part of each. */
    private boolean agrees(BranchEnding ending) {
        return switch (ending) {
            case HEURISTIC_COMMITTED -> onePhase || isCommit();
            case HEURISTIC_ABORTED -> onePhase || !isCommit();
            case HEURISTIC_MIXED, HEURISTIC_HAZARD, COMMITTED, ABORTED, READ_ONLY, BEING_TOLD, UNKNOWN -> false;
        };
    }

    /** Whether the evidence of a settling may go: there is nothing to report, or it is reported. (HeuristicReported) */
    private boolean mayForget(Branch branch) {
        return agrees(branch.ending()) || protocol.state().reported().contains(branch.number());
    }

    private void report(Branch branch) {
        String decided = branch.ending().toString().replace("HEURISTIC_", "").toLowerCase(Locale.ROOT);
        String verb = decided.replace("committed", "commit").replace("aborted", "abort");
        String decision = onePhase || isCommit() ? "commit" : "abort";
        engine.log().appendHeuristic(new HeuristicRecord(id, name, branch.name(), verb, decision));
    }

    /** The effects of phase two, under the lock. */
    private final class Carried extends Carrier {
        @Override
        public void commit(int number) {
            Branch branch = branches.get(number);
            if (mayForget(branch)) {
                forget(number);
            } else {
                deliver(number, () -> {
                    branch.participant().commit(id);
                    return true;
                });
            }
        }

        @Override
        public void abort(int number) {
            deliver(number, () -> {
                branches.get(number).participant().abort(id);
                return true;
            });
        }

        @Override
        public void forget(int number) {
            deliver(number, () -> {
                branches.get(number).participant().forget(id);
                return true;
            });
        }

        @Override
        public void forceReport(int number) {
            report(branches.get(number));
        }

        @Override
        public void appendEndRecord() {
            engine.log().appendEnd(id);
        }
    }
}
