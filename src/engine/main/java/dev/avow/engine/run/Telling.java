package dev.avow.engine.run;

import static dev.avow.protocol.CoordinatorState.COMMITTING;

import dev.avow.engine.BranchEnding;
import dev.avow.engine.HeuristicException;
import dev.avow.engine.LogException;
import dev.avow.engine.LogFullException;
import dev.avow.engine.Pending;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.CoordinatorStep;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One decision on its way to the participants. A commit is told until each has acknowledged it; an abort is told once,
 * since whoever misses it and is in doubt is found by {@link Recovery} and hears the presumption.
 *
 * <p>A branch has at most one call under way, and one that hangs holds no other branch up.
 */
final class Telling {
    private static final Logger LOG = LoggerFactory.getLogger(Telling.class);

    private final TransactionId id;
    private final String name;
    private final List<Branch> branches;
    private final Protocol protocol;
    private final Engine engine;
    private final long beganNanos;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by lock, like all below and the state of protocol and branches. */
    private final Outbox outbox;

    private final Answers answers = new Answers(lock);
    private final Repetition repetition;
    private final Untold untold;
    private final Alone alone;
    private final Carrier carrier;
    /** Whether a defect has been logged: what lies between are repetitions. */
    private boolean defective;

    Telling(TransactionId id, String name, List<Branch> branches, Protocol protocol, Engine engine) {
        this.id = id;
        this.name = name;
        this.branches = branches;
        this.protocol = protocol;
        this.alone = new Alone(protocol);
        this.engine = engine;
        this.beganNanos = engine.nanoTime();
        this.outbox = new Outbox(engine.workers(), branches.size(), this::hear);
        this.repetition = new Repetition(engine::later, () -> drive(this::repeat));
        this.untold = new Untold(this, branches, protocol, repetition, lock);
        this.carrier = new PhaseTwo(id, name, branches, alone, outbox, engine);
    }

    TransactionId id() {
        return id;
    }

    /** Tells the commit to whoever hasn't acknowledged it. */
    void sendCommit() {
        drive(() -> take(new CoordinatorStep.SendCommit(), Optional.empty(), ""));
    }

    /** Decides to abort, and tells it. */
    void decideAbort() {
        drive(() -> take(new CoordinatorStep.DecideAbort(), Optional.empty(), ""));
    }

    /** Tells those that haven't acknowledged, also if that is planned for later: one of them asks. */
    void tellNow() {
        drive(() -> takeIfAllowed(new CoordinatorStep.SendCommit(), Optional.empty(), ""));
    }

    /** Gives the presumption to the only branch. */
    void answer() {
        drive(() -> take(new CoordinatorStep.Answer(0), Optional.of(branches.get(0)), ""));
    }

    /** The only branch has settled alone what it alone was to decide. */
    void settledOnePhase(HeuristicException heuristic) {
        drive(() -> {
            alone.onePhase();
            heard(new Reply<>(branches.get(0), Optional.empty(), Optional.of(heuristic)));
        });
    }

    /** Takes these steps, makes the calls that they ask for, and hears those that are answered in this thread. */
    private void drive(Runnable steps) {
        Deque<Call<Boolean>> leaving = step(steps);
        for (Call<Boolean> next = leaving.poll(); next != null; next = leaving.poll()) {
            Optional<Reply<Boolean>> reply = outbox.start(next);
            if (reply.isPresent()) {
                leaving.addAll(step(() -> heard(reply.get())));
            }
        }
    }

    /** Returns the calls that are to be made now, without the lock. */
    private Deque<Call<Boolean>> step(Runnable steps) {
        lock.lock();
        try {
            take(steps);
            answers.changed();
            return outbox.taken();
        } finally {
            lock.unlock();
        }
    }

    private void take(Runnable steps) {
        try {
            steps.run();
        } catch (LogFullException noSpace) {
            repeatIfCommit();
        } catch (LogException failure) {
            // Nothing is recorded any more: the next incarnation takes it up.
            engine.stopDeciding(failure);
        } catch (RuntimeException | Error defect) {
            // The decision stands, so whoever hasn't heard it still must. (Termination)
            if (!defective) {
                defective = true;
                LOG.error("Telling {} ({}) failed as nothing here should; trying again", name, id, defect);
            }
            repeatIfCommit();
        }
    }

    /** The step that needed the log isn't taken; it is tried again, as if the participant had failed. */
    private void repeatIfCommit() {
        if (isCommit()) {
            repetition.plan();
        }
    }

    private void takeIfAllowed(CoordinatorStep step, Optional<Branch> branch, String detail) {
        if (protocol.allows(step)) {
            take(step, branch, detail);
        }
    }

    private void take(CoordinatorStep step, Optional<Branch> branch, String detail) {
        protocol.take(step, carrier, branch, detail);
    }

    /**
     * Waits until each branch has answered, be it with a failure; not longer than this, nor past an interrupt. Returns how
     * it stands then.
     */
    Told awaitAnswers(Duration timeout) {
        lock.lock();
        try {
            boolean isAnswered = answers.await(() -> answers.answered() == branchesToTell(), timeout);
            boolean isFollowed = answers.followed() == branchesToTell();
            return new Told(isAnswered, isFollowed, alone.isContradicted(), Branch.outcomes(branches));
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

    /** Whether each branch has answered at least once, be it with a failure. */
    boolean isAnswered() {
        lock.lock();
        try {
            return answers.answered() == branchesToTell();
        } finally {
            lock.unlock();
        }
    }

    String name() {
        return name;
    }

    long beganNanos() {
        return beganNanos;
    }

    /** Whether an earlier incarnation has decided it. */
    boolean isOlder() {
        return id.incarnation() != engine.incarnation();
    }

    private void hear(Reply<Boolean> reply) {
        drive(() -> heard(reply));
    }

    private void heard(Reply<Boolean> reply) {
        Branch branch = reply.branch();
        branch.returned();
        try {
            settle(branch, reply.failure());
        } catch (RuntimeException | Error failure) {
            // It has answered, whatever the log says to that: nobody need wait for more.
            answers.failed(branch);
            throw failure;
        }
    }

    private void settle(Branch branch, Optional<Exception> failure) {
        if (failure.isEmpty()) {
            done(branch);
        } else if (failure.get() instanceof HeuristicException heuristic) {
            settledAlone(branch, heuristic);
        } else {
            failed(branch, failure.get());
        }
    }

    private void done(Branch branch) {
        if (!branch.ending().isHeuristic()) {
            branch.ended(isCommit() ? BranchEnding.COMMITTED : BranchEnding.ABORTED);
        }
        if (isCommit()) {
            engine.reachability().succeeded(branch.participant(), id);
        }
        answers.followed(branch);
        takeIfAllowed(new CoordinatorStep.ReceiveAck(branch.number()), Optional.of(branch), "");
        end();
    }

    private void failed(Branch branch, Exception failure) {
        branch.failed(failure);
        answers.failed(branch);
        if (isCommit() && !isEnded(branch)) {
            engine.reachability().failed(branch.participant(), id, "the commit of " + name + " (" + id + ")", failure);
            repetition.plan();
        }
    }

    private boolean isEnded(Branch branch) {
        return protocol.hasAcknowledged(branch);
    }

    /** A person has ended it in this participant's place, durably: that stands for its acknowledgement. */
    void resolved(String participant) {
        drive(() -> branches.stream()
                .filter(branch -> branch.name().equals(participant))
                .findFirst()
                .ifPresent(branch -> {
                    engine.reachability().succeeded(branch.participant(), id);
                    answers.followed(branch);
                    takeIfAllowed(new CoordinatorStep.ReceiveAck(branch.number()), Optional.of(branch), "resolved");
                    end();
                }));
    }

    /** What its participants haven't followed yet, if it is a commit; as of a moment ago if it is busy for long. */
    List<Pending> pending(long nowNanos) {
        return untold.pending(nowNanos);
    }

    private void repeat() {
        repetition.begun();
        takeIfAllowed(new CoordinatorStep.SendCommit(), Optional.empty(), "");
        end();
    }

    private void end() {
        takeIfAllowed(new CoordinatorStep.Forget(), Optional.empty(), "");
        if (protocol.state().state() != COMMITTING) {
            engine.tellings().ended(this);
        }
    }

    private void settledAlone(Branch branch, HeuristicException heuristic) {
        if (!alone.contradicts(branch, heuristic)) {
            carrier.forget(branch.number());
            return;
        }
        String detail = heuristic.ending().toString();
        takeIfAllowed(new CoordinatorStep.ReceiveDamage(branch.number()), Optional.of(branch), detail);
        take(new CoordinatorStep.SendForget(branch.number()), Optional.of(branch), "");
    }
}
