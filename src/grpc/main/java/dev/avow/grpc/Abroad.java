package dev.avow.grpc;

import dev.avow.engine.Transaction;
import dev.avow.protocol.CoordinatorState;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A transaction at work in other processes: the branches that participants have opened for it, and the calls that work for it.
 * Safe for any number of threads.
 */
final class Abroad {
    private final Transaction transaction;
    /** By the participant's name. Guarded by this, like all below. */
    private final Map<String, Long> branches = new HashMap<>();

    private final List<String> underWay = new ArrayList<>();
    /** Why it must not be committed. */
    private Optional<String> spoilt = Optional.empty();

    private boolean ended;

    Abroad(Transaction transaction) {
        this.transaction = transaction;
    }

    Transaction transaction() {
        return transaction;
    }

    /** @throws RefusedEnlistment if it takes no more participants, or none with this branch */
    synchronized void enlist(RemoteParticipant participant, long branch) throws RefusedEnlistment {
        if (ended || transaction.state() != CoordinatorState.WORKING) {
            throw new RefusedEnlistment(Status.FAILED_PRECONDITION.withDescription(
                    this + " takes no more participants: it is being ended, or was aborted by its timeout"));
        }
        Long known = branches.putIfAbsent(participant.name(), branch);
        if (known != null && known != branch) {
            // The work that was done in the other one is lost: this one's alone must not be committed. (Agreement)
            throw new RefusedEnlistment(
                    Status.ALREADY_EXISTS.withDescription("\"" + participant.name() + "\" has worked for " + this
                            + " before, and has lost that work: the transaction can only be aborted"));
        }
        transaction.enlist(participant);
    }

    synchronized void callBegins(String method) {
        underWay.add(method);
    }

    /** A call that the application sees fail is the application's to judge, unless nobody can say what it has done. */
    synchronized void callEnds(String method, Status status) {
        underWay.remove(method);
        boolean isKnown = switch (status.getCode()) {
            case OK,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    RESOURCE_EXHAUSTED,
                    FAILED_PRECONDITION,
                    ABORTED,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED,
                    UNAUTHENTICATED -> true;
            case CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, INTERNAL, UNAVAILABLE, DATA_LOSS -> false;
        };
        if (!isKnown && spoilt.isEmpty()) {
            spoilt = Optional.of("the call of " + method + " ended with " + status.getCode()
                    + ", so it may have done a part of its work, or will");
        }
    }

    /**
     * The application's work is done, and nobody is enlisted any more.
     *
     * @throws IllegalStateException if a part of it may be missing, or may still come
     */
    synchronized void end() {
        ended = true;
        if (!underWay.isEmpty()) {
            throw new IllegalStateException(this + " can't be committed: the call of " + underWay.get(0)
                    + " still works for it; wait for each call within the transaction");
        }
        spoilt.ifPresent(why -> {
            throw new IllegalStateException(this + " can't be committed: " + why);
        });
    }

    /** The application's work has failed: nobody is enlisted any more. */
    synchronized void fail() {
        ended = true;
    }

    @Override
    public String toString() {
        return transaction.name() + " (" + transaction.id() + ")";
    }
}
