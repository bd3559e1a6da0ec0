package dev.avow.engine.run;

import dev.avow.engine.BranchEnding;
import dev.avow.engine.BranchOutcome;
import dev.avow.engine.Participant;
import dev.avow.engine.Pending;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One participant's part, as its coordinator sees it. Guarded by the lock of whatever drives it, or as said there. */
final class Branch {
    private final int number;
    private final Participant participant;
    private final String name;
    private Optional<Vote> vote = Optional.empty();
    private BranchEnding ending = BranchEnding.UNKNOWN;
    private Optional<Exception> failure = Optional.empty();
    /** How often it was called to carry the decision out. */
    private int attempts;
    /** Whether such a call is under way. */
    private boolean underWay;
    /** Whether it has answered to one, and whether it has followed. */
    private boolean answered;

    private boolean followed;

    /**
     * Whether a prepare, or a commit in one phase, is under way that still has time. Guarded by this, like the call that
     * waits for its end.
     */
    private boolean preparing;

    private volatile boolean overtaken;

    private Optional<Runnable> waiting = Optional.empty();

    Branch(int number, Participant participant) {
        this.number = number;
        this.participant = participant;
        this.name = participant.name();
    }

    int number() {
        return number;
    }

    Participant participant() {
        return participant;
    }

    String name() {
        return name;
    }

    Optional<Vote> vote() {
        return vote;
    }

    boolean hasVoted(Vote wanted) {
        return vote.isPresent() && vote.get() == wanted;
    }

    BranchEnding ending() {
        return ending;
    }

    Optional<Exception> failure() {
        return failure;
    }

    void voted(Vote cast) {
        vote = Optional.of(cast);
    }

    void ended(BranchEnding how) {
        ending = how;
    }

    void failed(Exception cause) {
        failure = Optional.of(cause);
    }

    /** A call is to be made to carry the decision out. */
    void attempted() {
        attempts++;
        underWay = true;
    }

    boolean isUnderWay() {
        return underWay;
    }

    void returned() {
        underWay = false;
    }

    /** Whether this is its first answer to the decision. */
    boolean answers() {
        boolean first = !answered;
        answered = true;
        return first;
    }

    /** Whether it follows the decision only now. */
    boolean follows() {
        boolean first = !followed;
        followed = true;
        return first;
    }

    int attempts() {
        return attempts;
    }

    synchronized void prepareBegins() {
        preparing = true;
    }

    synchronized boolean isPreparing() {
        return preparing;
    }

    /** Its prepare has used up its time, be it before there was a thread for it. */
    void overtake() {
        overtaken = true;
        prepareEnds();
    }

    boolean isOvertaken() {
        return overtaken;
    }

    /** The prepare has returned or used up its time: what waited for that goes out. */
    void prepareEnds() {
        Optional<Runnable> due;
        synchronized (this) {
            preparing = false;
            due = waiting;
            waiting = Optional.empty();
        }
        due.ifPresent(Runnable::run);
    }

    /** Makes the call once no prepare is in its way: a participant isn't called twice at a time while it is in time. */
    void afterPrepare(Runnable call) {
        synchronized (this) {
            if (preparing) {
                waiting = Optional.of(call);
                return;
            }
        }
        call.run();
    }

    /** As a commit that it hasn't followed yet. */
    Pending untold(TransactionId id, String transaction, Duration age, boolean older, Optional<Duration> next) {
        return new Pending(
                Pending.Task.COMMIT,
                Optional.of(id),
                transaction,
                name,
                age,
                older,
                Optional.empty(),
                attempts,
                failure.map(Words::of),
                next);
    }

    static List<BranchOutcome> outcomes(List<Branch> branches) {
        List<BranchOutcome> outcomes = new ArrayList<>(branches.size());
        for (Branch branch : branches) {
            outcomes.add(branch.outcome());
        }
        return outcomes;
    }

    private BranchOutcome outcome() {
        return new BranchOutcome(name(), vote, ending, failure);
    }
}
