package dev.avow.grpc;

import dev.avow.engine.TransactionId;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.Optional;

/**
 * Who may do what here: the transactions of a coordinator, told by the number in their ids, are the one's to whom the book has
 * bound that number. Safe for any number of threads.
 */
final class Gate {
    private final String participant;
    private final Book book;
    private final Refusals refusals;

    Gate(String participant, Book book, Refusals refusals) {
        this.participant = participant;
        this.book = book;
        this.refusals = refusals;
    }

    /** Whether this transaction's coordinator is this identity. */
    boolean isOf(String caller, TransactionId id) {
        return book.of(id.coordinator())
                .filter(entry -> entry.place().identity().equals(caller))
                .isPresent();
    }

    /**
     * Before an order, or an answer to a question, of this caller's about this transaction.
     *
     * @throws StatusException PERMISSION_DENIED if it isn't the caller's
     */
    void require(String caller, TransactionId id) throws StatusException {
        if (isOf(caller, id)) {
            return;
        }
        Optional<Book.Entry> bound = book.of(id.coordinator());
        if (bound.isPresent()) {
            throw refuse(
                    Refusals.Kind.FORGED_TRANSACTION,
                    caller,
                    "the transactions of coordinator " + id.coordinatorText() + " are another's, also " + id);
        }
        throw refuse(
                Refusals.Kind.UNKNOWN_COORDINATOR,
                caller,
                "\"" + participant + "\" has never worked for coordinator " + id.coordinatorText() + ", nor for " + id);
    }

    /**
     * Before any work for a call.
     *
     * @throws StatusException PERMISSION_DENIED if it works for somebody else's transaction
     */
    void admit(Travelling travelling) throws StatusException {
        if (book.of(travelling.id().coordinator()).isPresent()) {
            require(travelling.caller(), travelling.id());
        }
    }

    private StatusException refuse(Refusals.Kind kind, String caller, String what) {
        refusals.count(kind, "\"" + caller + "\"", what);
        return Status.PERMISSION_DENIED.withDescription(what).asException();
    }
}
