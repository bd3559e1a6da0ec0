package dev.avow.engine;

import dev.avow.engine.run.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A coordinator: commits a transaction across its participants, or none of it.
 *
 * <p>Opening it starts recovery, which finishes in the background what an earlier run left unfinished: it tells the
 * decision to whoever hasn't heard it, and aborts what no record speaks for. Safe for use by any number of threads.
 */
public final class Avow implements AutoCloseable {
    private final Engine engine;

    private Avow(Engine engine) {
        this.engine = engine;
    }

    /** {@link #open(Path, AvowOptions, List)} with {@link AvowOptions#defaults()}. */
    public static Avow open(Path directory, Participant... participants) {
        return open(directory, AvowOptions.defaults(), List.of(participants));
    }

    /**
     * Opens a coordinator whose log is in this directory, and creates it if it isn't there. Never put an older copy of the
     * directory in its place: what has been decided since would be aborted where a participant hasn't heard it. If a
     * participant shows that this has happened, the coordinator stops deciding, and {@link #begin} says why.
     *
     * @param participants all that its transactions may enlist, and all that earlier ones have enlisted: recovery speaks
     *     with these. None of them needs to be reachable now
     * @throws IllegalArgumentException if two of them have one name, or one's name is blank or longer than 65,535 bytes
     * @throws LogException as {@link DecisionLog#open(Path, LogOptions)}
     */
    public static Avow open(Path directory, AvowOptions options, List<? extends Participant> participants) {
        return new Avow(Engine.open(DecisionLog.open(directory, options.log()), options, participants));
    }

    /** The same over another implementation of the log, which it closes at its end. */
    public static Avow open(DecisionLog log, AvowOptions options, List<? extends Participant> participants) {
        return new Avow(Engine.open(log, options, participants));
    }

    /**
     * Begins a transaction.
     *
     * @param name the user's own name for it, such as an order's number; need not be unique
     * @throws IllegalArgumentException if the name is null, blank, or longer than 65,535 bytes
     * @throws IllegalStateException if the coordinator is closed, or its log has failed
     */
    public Transaction begin(String name) {
        LoggedNames.require("transaction's name", name);
        return engine.begin(name);
    }

    /**
     * As {@link #begin(String)}, with a timeout of its own in place of {@link AvowOptions#workTimeout}: for its work and its
     * votes together. It is kept to within a second while the application works, and exactly from its commit on.
     *
     * @throws IllegalArgumentException also if the timeout isn't positive
     */
    public Transaction begin(String name, Duration timeout) {
        LoggedNames.require("transaction's name", name);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the timeout of " + name + " is " + timeout + ": give more than 0");
        }
        return engine.begin(name, timeout);
    }

    /** Whether {@link #begin} takes transactions at this moment: the coordinator isn't closed, and its log hasn't failed. */
    public boolean takesTransactions() {
        return engine.takesTransactions();
    }

    /** What {@link #transact} runs between begin and commit. */
    @FunctionalInterface
    public interface Work<E extends Exception> {
        void in(Transaction transaction) throws E;
    }

    /**
     * Begins a transaction, runs the work and commits.
     *
     * @throws E what the work threw; the transaction is aborted then
     */
    public <E extends Exception> Outcome transact(String name, Work<E> work) throws E {
        try (Transaction transaction = begin(name)) {
            work.in(transaction);
            return transaction.commit();
        }
    }

    /** As {@link #outcomeOf(TransactionId)}, for the one of this name that was begun last. */
    public Finding outcomeOf(String name) {
        return engine.outcomeOf(name);
    }

    /**
     * How this transaction ended. One whose decision the log refused or failed to record stays {@link Finding#RUNNING} here:
     * the coordinator that opens the log next can say. What a single participant committed leaves no record: ask that one.
     */
    public Finding outcomeOf(TransactionId id) {
        return engine.outcomeOf(id);
    }

    /** The transactions that are decided and of which a participant has still to be told. */
    public List<CommitRecord> unfinished() {
        return engine.unfinished();
    }

    /** The contradicted decisions that nobody has settled yet: see {@link #settle}. */
    public List<HeuristicRecord> heuristics() {
        return engine.heuristics();
    }

    /**
     * Notes, durably on return, that a person has settled this contradiction: it leaves {@link #heuristics()}. If its
     * participant hasn't yet heard that it may forget, the next start may report it once more. One whose decision is
     * "unknown" comes from a log that was restored from an old copy: settle the branches of its incarnation and those
     * before it at the participants first, since recovery presumes again about them once no such record is left.
     *
     * @throws IllegalArgumentException if no such contradiction is left to be settled
     * @throws IllegalStateException if the coordinator is closed
     * @throws LogException if the log couldn't note it; then it stays in the list
     */
    public void settle(TransactionId id, String participant) {
        engine.settle(id, participant);
    }

    /**
     * As {@link #settle(TransactionId, String)}, on the record: who, when and why stay in the log. It also ends the telling
     * of a commit to a participant that can't be told any more, since its database is gone or was repaired by hand. Should
     * that one come back in doubt after all, it hears the commit.
     *
     * @return what was written: forced only if it contradicts the decision
     * @throws IllegalArgumentException if nothing of the kind is left to be resolved: see {@link #heuristics()} and
     *     {@link #unfinished()}
     * @throws ContradictionException if it contradicts the durable decision and isn't forced. A forced abort of a commit that
     *     had still to be told is a heuristic outcome, and stands in {@link #heuristics()} until it is settled in its turn
     * @throws IllegalStateException if the coordinator is closed
     * @throws LogException if the log couldn't note it; then nothing has changed
     */
    public Resolution settle(Resolution resolution) {
        return engine.settle(resolution);
    }

    /**
     * What is still to be done at this moment: commits to be told, participants that don't answer, branches in doubt that
     * couldn't be aborted. A healthy coordinator's list holds the commits under way, or nothing.
     */
    public List<Pending> pending() {
        return engine.pending();
    }

    /**
     * Waits until recovery has nothing left to do: every commit is told, and every participant has been asked since the
     * call for branches in doubt and has aborted those that no record speaks for.
     *
     * @return whether that came before the timeout
     * @throws InterruptedException if interrupted while waiting
     */
    public boolean awaitRecovered(Duration timeout) throws InterruptedException {
        return engine.awaitRecovered(timeout);
    }

    /**
     * A participant in another process asks for the decision (the spec's {@code Inquiry}): it is told now, if there is one, as
     * it would be told later. About a transaction that is still being decided nothing happens. Returns at once.
     *
     * @param participant the name of the one that asks
     * @throws IllegalArgumentException if the coordinator was opened with no participant of this name
     * @throws IllegalStateException if the coordinator is closed, or can't ever say how this transaction ends: it is another
     *     coordinator's, or the log has stopped or was restored from an old copy
     */
    public void inquired(TransactionId id, String participant) {
        engine.inquired(id, participant);
    }

    /**
     * Takes no more transactions, aborts those at work, waits for those being committed, and closes the log: up to the vote
     * and the tell timeout together, however many they are. What is still unfinished then, the next start finishes. Calls
     * that hang in a participant are left to end by themselves. A second call does nothing.
     */
    @Override
    public void close() {
        engine.close();
    }
}
