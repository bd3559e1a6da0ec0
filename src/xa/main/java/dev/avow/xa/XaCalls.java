package dev.avow.xa;

import dev.avow.engine.TransactionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** The calls of one XAResource; whatever it throws becomes a {@link XaFailure}. */
final class XaCalls {
    private final String participant;
    private final XAResource resource;
    private final Optional<Turn> turn;

    /** @param turn to be taken by each call that prepares or settles a branch, where the resource needs it */
    XaCalls(String participant, XAResource resource, Optional<Turn> turn) {
        this.participant = participant;
        this.resource = resource;
        this.turn = turn;
    }

    @FunctionalInterface
    private interface Call<T> {
        T make() throws XAException;
    }

    /** @param of the call's object, for the words of a failure */
    private <T> T make(String call, Object of, Call<T> body) throws XaFailure {
        try {
            return body.make();
        } catch (XAException | RuntimeException failure) {
            throw new XaFailure(participant, call + of, failure);
        } catch (Error failure) {
            // Like a lost connection: the call may have reached the resource.
            throw new XaFailure(
                    participant, call + of, new IllegalStateException("the driver failed with " + failure, failure));
        }
    }

    private <T> T makeInTurn(String call, AvowXid xid, Call<T> body) throws XaFailure {
        return turn.isPresent() ? turn.get().taken(() -> make(call, xid, body)) : make(call, xid, body);
    }

    void start(AvowXid xid, int flag) throws XaFailure {
        make("start of ", xid, () -> {
            resource.start(xid, flag);
            return xid;
        });
    }

    void end(AvowXid xid, int flag) throws XaFailure {
        make("end of ", xid, () -> {
            resource.end(xid, flag);
            return xid;
        });
    }

    /** Whether the branch was read-only, and so is over. */
    boolean prepare(AvowXid xid) throws XaFailure {
        return makeInTurn("prepare of ", xid, () -> resource.prepare(xid)) == XAResource.XA_RDONLY;
    }

    void commit(AvowXid xid, boolean onePhase) throws XaFailure {
        makeInTurn(onePhase ? "one-phase commit of " : "commit of ", xid, () -> {
            resource.commit(xid, onePhase);
            return xid;
        });
    }

    void rollback(AvowXid xid) throws XaFailure {
        makeInTurn("rollback of ", xid, () -> {
            resource.rollback(xid);
            return xid;
        });
    }

    /** A branch that the resource doesn't know is forgotten already. */
    void forget(AvowXid xid) throws XaFailure {
        try {
            make("forget of ", xid, () -> {
                resource.forget(xid);
                return xid;
            });
        } catch (XaFailure failure) {
            if (failure.sense() != XaCode.Sense.UNKNOWN_BRANCH) {
                throw failure;
            }
        }
    }

    /** This participant's branches among those that the resource holds prepared or has settled heuristically. */
    List<TransactionId> recover() throws XaFailure {
        Xid[] found = make("recover", "", () -> {
            // Some drivers give null where there are none.
            return Optional.ofNullable(resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN))
                    .orElse(new Xid[0]);
        });
        List<TransactionId> ours = new ArrayList<>();
        for (Xid xid : found) {
            AvowXid.read(xid, participant).ifPresent(ours::add);
        }
        return ours;
    }
}
