package dev.avow.grpc;

import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import java.util.Map;
import java.util.Optional;

/**
 * Sees what passes between services; {@link Identity#observedBy} hands it in. A coordinator's own steps are its {@link
 * dev.avow.engine.Observer}'s to see. It is called in the thread that does what it sees, also in several at a time: a slow one
 * slows the transaction down, and an exception from it is logged and has no other consequence.
 */
public interface ServiceObserver {
    /**
     * In the coordinator's process: a participant is about to be told an order, in the thread that tells it.
     *
     * @param message what it is told, as the specification calls it: prepare, onePhase, commit, abort or forget
     * @param trace to put into what continues the trace there: names in lower case and values, as in the headers of a call
     * @return to be told the answer, in whatever thread it comes
     */
    default Call telling(TransactionId id, String participant, String message, Map<String, String> trace) {
        return answer -> {};
    }

    /**
     * In the participant's process: an order is about to be carried out, in this thread. A caller that may not give it, or an
     * order that can't be read, isn't seen here, but in {@link Refusals}.
     *
     * @param trace what the coordinator's {@link #telling} has put into it, as far as it is of reasonable size
     * @return to be told the answer, in the same thread
     */
    default Call carryingOut(TransactionId id, String participant, String message, Map<String, String> trace) {
        return answer -> {};
    }

    /**
     * In the coordinator's process: the application's work for a transaction begins, in this thread.
     *
     * @return to be run when it is over, in the same thread
     */
    default Runnable working(TransactionId id) {
        return () -> {};
    }

    /** A participant has asked a coordinator that was silent about what it is in doubt about, and was replied to or not. */
    default void askedCoordinator(String participant, boolean replied) {}

    /** A participant has asked another one instead, which knew one decision at least, or none, or didn't reply. */
    default void askedPeer(String participant, boolean knew) {}

    /** A participant has ended a branch by what another one knew. */
    default void endedByPeer(String participant, TransactionId id, Ending ending) {}

    /** An order under way. */
    @FunctionalInterface
    interface Call {
        void ended(Answer answer);
    }

    /**
     * How an order was answered.
     *
     * @param word yes, read_only or no; committed, aborted or unknown; acknowledged; damage, failure, or unanswered
     * @param failure what is wrong, for people, with the last three
     */
    record Answer(String word, Optional<String> failure) {}

    /** Both this and that one, in this order; of an order under way the other hears first. */
    default ServiceObserver andThen(ServiceObserver next) {
        return new BothServiceObservers(this, next);
    }
}
