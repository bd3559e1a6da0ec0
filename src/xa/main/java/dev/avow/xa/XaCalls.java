package dev.avow.xa;

import dev.avow.engine.TransactionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * The calls of one XAResource; whatever it throws becomes a {@link XaFailure}. Each is written out: a call handed over as an
 * object would be one more for each of the eight that a commit over two resources makes.
 */
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

    void start(AvowXid xid, int flag) throws XaFailure {
        try {
            resource.start(xid, flag);
        } catch (XAException | RuntimeException | Error failure) {
            throw failed("start of ", xid, failure);
        }
    }

    void end(AvowXid xid, int flag) throws XaFailure {
        try {
            resource.end(xid, flag);
        } catch (XAException | RuntimeException | Error failure) {
            throw failed("end of ", xid, failure);
        }
    }

    /** Whether the branch was read-only, and so is over. */
    boolean prepare(AvowXid xid) throws XaFailure {
        return turn.isPresent() ? turn.get().taken(() -> prepareNow(xid)) : prepareNow(xid);
    }

    private boolean prepareNow(AvowXid xid) throws XaFailure {
        try {
            return resource.prepare(xid) == XAResource.XA_RDONLY;
        } catch (XAException | RuntimeException | Error failure) {
            throw failed("prepare of ", xid, failure);
        }
    }

    void commit(AvowXid xid, boolean onePhase) throws XaFailure {
        if (turn.isPresent()) {
            turn.get().taken(() -> commitNow(xid, onePhase));
        } else {
            commitNow(xid, onePhase);
        }
    }

    private AvowXid commitNow(AvowXid xid, boolean onePhase) throws XaFailure {
        try {
            resource.commit(xid, onePhase);
            return xid;
        } catch (XAException | RuntimeException | Error failure) {
            throw failed(onePhase ? "one-phase commit of " : "commit of ", xid, failure);
        }
    }

    void rollback(AvowXid xid) throws XaFailure {
        if (turn.isPresent()) {
            turn.get().taken(() -> rollbackNow(xid));
        } else {
            rollbackNow(xid);
        }
    }

    private AvowXid rollbackNow(AvowXid xid) throws XaFailure {
        try {
            resource.rollback(xid);
            return xid;
        } catch (XAException | RuntimeException | Error failure) {
            throw failed("rollback of ", xid, failure);
        }
    }

    /** A branch that the resource doesn't know is forgotten already. */
    void forget(AvowXid xid) throws XaFailure {
        try {
            resource.forget(xid);
        } catch (XAException | RuntimeException | Error refused) {
            XaFailure failure = failed("forget of ", xid, refused);
            if (failure.sense() != XaCode.Sense.UNKNOWN_BRANCH) {
                throw failure;
            }
        }
    }

    /** This participant's branches among those that the resource holds prepared or has settled heuristically. */
    List<TransactionId> recover() throws XaFailure {
        List<TransactionId> ours = new ArrayList<>();
        for (Xid xid : found()) {
            AvowXid.read(xid, participant).ifPresent(ours::add);
        }
        return ours;
    }

    private Xid[] found() throws XaFailure {
        try {
            // Some drivers give null where there are none.
            return Optional.ofNullable(resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN))
                    .orElse(new Xid[0]);
        } catch (XAException | RuntimeException | Error failure) {
            throw failed("recover", "", failure);
        }
    }

    /** @param of the call's object, for the words of a failure */
    private XaFailure failed(String call, Object of, Throwable failure) {
        Exception cause = failure instanceof Exception exception
                ? exception
                // Like a lost connection: the call may have reached the resource.
                : new IllegalStateException("the driver failed with " + failure, failure);
        return new XaFailure(participant, call + of, cause);
    }
}
