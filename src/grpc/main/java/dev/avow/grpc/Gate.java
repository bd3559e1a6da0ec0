package dev.avow.grpc;

import dev.avow.engine.TransactionId;
import io.grpc.Status;
import io.grpc.StatusException;

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
     * The transaction that an order of this caller's is about.
     *
     * @throws StatusException INVALID_ARGUMENT if it can't be one, PERMISSION_DENIED if it isn't the caller's
     */
    TransactionId required(String caller, dev.avow.grpc.contract.TransactionId ordered) throws StatusException {
        TransactionId id = read(caller, ordered);
        require(caller, id);
        return id;
    }

    private TransactionId read(String caller, dev.avow.grpc.contract.TransactionId id) throws StatusException {
        try {
            return Wire.fromWire(id);
        } catch (IllegalArgumentException malformed) {
            String what = String.valueOf(malformed.getMessage());
            refusals.count(Refusals.Kind.MALFORMED, "\"" + caller + "\"", what);
            throw Status.INVALID_ARGUMENT.withDescription(what).asException();
        }
    }

    private void require(String caller, TransactionId id) throws StatusException {
        if (!isOf(caller, id)) {
            throw refuse(caller, id);
        }
    }

    /**
     * The transaction that another participant asks about.
     *
     * @throws StatusException INVALID_ARGUMENT if it can't be one, PERMISSION_DENIED if the caller is neither its coordinator
     *     nor one of those that it named
     */
    TransactionId concerned(String caller, dev.avow.grpc.contract.TransactionId asked) throws StatusException {
        TransactionId id = read(caller, asked);
        requireConcerned(caller, id);
        return id;
    }

    void requireConcerned(String caller, TransactionId id) throws StatusException {
        boolean isNamed = book.of(id.coordinator()).stream()
                .flatMap(entry -> entry.peers().values().stream())
                .anyMatch(peer -> peer.identity().equals(caller));
        if (!isNamed) {
            require(caller, id);
        }
    }

    private StatusException refuse(String caller, TransactionId id) {
        if (book.of(id.coordinator()).isPresent()) {
            return refuse(
                    Refusals.Kind.FORGED_TRANSACTION,
                    caller,
                    "the transactions of coordinator " + id.coordinatorText() + " are another's than \"" + caller
                            + "\"'s, also " + id);
        }
        return refuse(
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
