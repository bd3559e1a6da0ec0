package dev.avow.engine;

import dev.avow.engine.log.FileDecisionLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A coordinator's memory: which transactions it has decided to commit and not yet finished. Under presumed abort
 * (Mohan, Lindsay &amp; Obermarck 1986) that is all it must remember: no record means abort.
 *
 * <p>One incarnation writes at a time. Opening is what makes a new incarnation, and from then on every earlier one is
 * refused, wherever it runs. (Fenced) Nothing here speaks of files: a replicated log can keep the same promises, its
 * "durable" meaning a majority and its "refused" a later term.
 *
 * <p>Any thread may call any method, and interrupting one harms neither the log nor its record: a wait isn't cut short
 * and the interrupt is still set afterwards. Appends throw {@link LogException}; which subclass tells what became of
 * the record. Reads show every record that is durable, and no other; they work from memory and never block on a disk.
 */
public interface DecisionLog extends AutoCloseable {

    /** {@link #open(Path, LogOptions)} with {@link LogOptions#defaults()}. */
    static DecisionLog open(Path directory) {
        return open(directory, LogOptions.defaults());
    }

    /**
     * Opens the log in this directory as its next incarnation; creates it if it isn't there.
     *
     * @throws LogInUseException if it is open in this or another process
     * @throws LogDamagedException if it holds what no crash can have left; no record is changed
     * @throws LogUnusableException if this isn't a decision log, is of a newer version, or may not be written
     * @throws LogFullException if there is no space for its first segment
     * @throws LogFailedException if a file operation failed; opening it again is safe
     */
    static DecisionLog open(Path directory, LogOptions options) {
        return FileDecisionLog.open(directory, options);
    }

    /** 48 random bits, drawn when the log was created: the first part of every {@link TransactionId}. */
    long coordinator();

    /** Where it is, if that is a directory of this machine: its coordinator tells people there how it stands. */
    default Optional<Path> directory() {
        return Optional.empty();
    }

    /** Which opening this is, from 1. An id with this number can't have been given out before. */
    int incarnation();

    /**
     * Returns once the decision is durable; only then may a commit leave. (DecisionDurable) Appending the same record
     * again changes nothing.
     */
    void appendCommit(CommitRecord commit);

    /**
     * Every participant has durably committed and said so: forgets the commit. (ForgetAfterAcks) Not forced: it rides
     * with the next record that is, at the latest with {@link #close()}; until then the transaction stays in
     * {@link #unfinished()}. If it is lost, recovery merely tells the participants once more.
     */
    void appendEnd(TransactionId id);

    /**
     * A note for {@link #remembered}: not forced and no part of the protocol, in which no record means abort.
     * (PresumedAbort) It shows once the next forced record has carried it.
     */
    void appendAborted(TransactionId id, String name);

    /** Returns once it is durable; it stays until {@link #settleHeuristic}. (HeuristicReported) */
    void appendHeuristic(HeuristicRecord heuristic);

    /** A person has dealt with it: forgets it, durably on return. Unknown ones are ignored. */
    void settleHeuristic(TransactionId id, String participant);

    /**
     * A person has decided about one participant's part: durable on return. A contradiction of that part is settled; if the
     * part had still to be told of a commit, it needn't be any more, and once nobody is left the commit is forgotten. A
     * forced abort of such a part becomes a contradiction itself, to be settled in its turn. (HeuristicReported)
     *
     * @return what was written: forced only if it contradicts the decision
     * @throws IllegalArgumentException if there is nothing of the kind to be resolved
     * @throws ContradictionException if it contradicts the durable decision and isn't forced
     */
    Resolution appendResolution(Resolution resolution);

    /** What was resolved by a person, oldest first. */
    List<Resolution> resolutions();

    /** Commits without an end, oldest first. */
    List<CommitRecord> unfinished();

    /** Heuristic decisions not yet settled, oldest first. */
    List<HeuristicRecord> heuristics();

    /** How this transaction ended. Empty doesn't mean abort: it may still run, or have been forgotten long ago. */
    Optional<RememberedOutcome> remembered(TransactionId id);

    /** How the newest decided transaction of this name ended; the newest is the one begun last. */
    Optional<RememberedOutcome> remembered(String name);

    /** Writes what still rides, and lets go of the log. A second call does nothing. */
    @Override
    void close();
}
