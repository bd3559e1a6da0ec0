package dev.avow.engine;

import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.util.Collection;

/**
 * Something that takes part in transactions: a database, a queue, a service, your own store.
 *
 * <p>{@link #prepare} is the promise that everything rests on: after a {@link Vote#YES} the work is durable and can be
 * committed or aborted, through any crash of this participant or of the coordinator, until one of the two is asked for.
 * A participant never decides alone after it. (VoteDurable, NoRegret)
 *
 * <p>Every call may come again, late, after a restart, and for a transaction that the participant has finished or never
 * saw; the answers to that are given at each method. Different transactions call at the same time, from different
 * threads. One transaction's calls come one at a time, except that {@link #abort} may overtake a {@link #prepare} or
 * {@link #commitOnePhase} that has taken longer than its timeout, and come again while an earlier one still hangs.
 */
public interface Participant {
    /** What the log calls it: unique among a coordinator's participants, and the same after each restart. */
    String name();

    /**
     * Makes the transaction's work durable and votes. Work that it doesn't hold, perhaps lost in a crash, is answered
     * {@link Vote#NO}. (UnknownVotesNo) An exception counts as no.
     */
    Vote prepare(TransactionId id) throws Exception;

    /**
     * Commits what was prepared, durably on return. A transaction that it doesn't know was committed before: it returns.
     * An exception means not yet: the call comes again until it returns.
     *
     * @throws HeuristicException if the work was settled otherwise, by an operator or by the resource itself
     */
    void commit(TransactionId id) throws Exception;

    /**
     * Aborts the transaction, prepared or not. One that it doesn't know was aborted before: it returns. An exception means
     * not yet; the call comes again as long as {@link #inDoubt} names the transaction, and no longer. Work that isn't
     * prepared is therefore the participant's to clear away if this fails.
     *
     * @throws HeuristicException if the work was settled otherwise
     */
    void abort(TransactionId id) throws Exception;

    /**
     * The prepared transactions that wait for a decision, of whatever coordinator; also right after a restart. Those that
     * were settled without the coordinator belong to them until {@link #forget}: only so is a contradiction found.
     */
    Collection<TransactionId> inDoubt() throws Exception;

    /**
     * Commits as the only participant of its transaction. An exception means that nobody can say how it ended; neither
     * after that nor after a refusal is {@link #abort} called, unless {@link #inDoubt} names the transaction.
     *
     * @return {@link Ending#COMMITTED}, durably; {@link Ending#ABORTED}; or {@link Ending#UNKNOWN} if it doesn't hold the
     *     work and so can't tell
     * @throws HeuristicException if the work was settled without this call
     */
    default Ending commitOnePhase(TransactionId id) throws Exception {
        Vote vote = prepare(id);
        if (vote == Vote.YES) {
            commit(id);
        }
        return vote == Vote.NO ? Ending.ABORTED : Ending.COMMITTED;
    }

    /** The settling that a {@link HeuristicException} told of agrees, or is durably reported: its evidence may go. */
    default void forget(TransactionId id) throws Exception {}

    /**
     * Whether calls may wait, for a disk or a network. If so, they run as {@link AvowOptions#calling} says: as a rule on
     * threads of the coordinator, side by side with those of other participants and under a timeout; else one after the other
     * in the caller's thread.
     */
    default boolean mayBlock() {
        return true;
    }
}
