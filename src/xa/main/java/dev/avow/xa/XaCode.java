package dev.avow.xa;

import java.util.Arrays;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/**
 * The return codes of the XA specification (X/Open CAE Specification C193, 1991, "The XA Specification", section 4.5
 * and the manual pages of chapter 5), with what they mean to us.
 */
enum XaCode {
    XA_RBROLLBACK(XAException.XA_RBROLLBACK, Sense.ROLLED_BACK, "it was rolled back"),
    XA_RBCOMMFAIL(XAException.XA_RBCOMMFAIL, Sense.ROLLED_BACK, "rolled back, communication failed in the resource"),
    XA_RBDEADLOCK(XAException.XA_RBDEADLOCK, Sense.ROLLED_BACK, "rolled back because of a deadlock"),
    XA_RBINTEGRITY(XAException.XA_RBINTEGRITY, Sense.ROLLED_BACK, "rolled back, it would violate integrity"),
    XA_RBOTHER(XAException.XA_RBOTHER, Sense.ROLLED_BACK, "rolled back for another reason"),
    XA_RBPROTO(XAException.XA_RBPROTO, Sense.ROLLED_BACK, "rolled back after a protocol error in the resource"),
    XA_RBTIMEOUT(XAException.XA_RBTIMEOUT, Sense.ROLLED_BACK, "rolled back, it took too long"),
    XA_RBTRANSIENT(XAException.XA_RBTRANSIENT, Sense.ROLLED_BACK, "rolled back, it may be tried again"),
    XA_NOMIGRATE(XAException.XA_NOMIGRATE, Sense.MISUSED, "resumption must occur where it was suspended"),
    XA_HEURHAZ(XAException.XA_HEURHAZ, Sense.HEURISTIC_HAZARD, "it may have been settled heuristically"),
    XA_HEURCOM(XAException.XA_HEURCOM, Sense.HEURISTIC_COMMIT, "it was committed heuristically"),
    XA_HEURRB(XAException.XA_HEURRB, Sense.HEURISTIC_ROLLBACK, "it was rolled back heuristically"),
    XA_HEURMIX(XAException.XA_HEURMIX, Sense.HEURISTIC_MIX, "part was committed and part rolled back heuristically"),
    XA_RETRY(XAException.XA_RETRY, Sense.NOT_NOW, "it had no effect and may be tried again"),
    XA_RDONLY(XAResource.XA_RDONLY, Sense.MISUSED, "it was read-only and is committed"),
    XAER_ASYNC(XAException.XAER_ASYNC, Sense.MISUSED, "an asynchronous operation is outstanding"),
    XAER_RMERR(XAException.XAER_RMERR, Sense.RESOURCE_ERROR, "an error occurred in the resource"),
    XAER_NOTA(XAException.XAER_NOTA, Sense.UNKNOWN_BRANCH, "the resource doesn't know this branch"),
    XAER_INVAL(XAException.XAER_INVAL, Sense.MISUSED, "invalid arguments"),
    XAER_PROTO(XAException.XAER_PROTO, Sense.MISUSED, "called in an improper context"),
    XAER_RMFAIL(XAException.XAER_RMFAIL, Sense.UNAVAILABLE, "the resource is unavailable"),
    XAER_DUPID(XAException.XAER_DUPID, Sense.MISUSED, "there is a branch of this name already"),
    XAER_OUTSIDE(XAException.XAER_OUTSIDE, Sense.MISUSED, "the resource works outside the global transaction"),
    /** A number that the specification doesn't have: nothing follows from it, so it is looked into as an error is. */
    UNNAMED(0, Sense.RESOURCE_ERROR, "no code of the XA specification");

    /** What follows from a code; {@link Settling} has the table of what it means for each call. */
    enum Sense {
        ROLLED_BACK,
        HEURISTIC_COMMIT,
        HEURISTIC_ROLLBACK,
        HEURISTIC_MIX,
        HEURISTIC_HAZARD,
        /** Nothing was done, and the branch is as it was. */
        NOT_NOW,
        UNKNOWN_BRANCH,
        RESOURCE_ERROR,
        UNAVAILABLE,
        /** The resource or we broke the rules of the interface; nothing follows for the branch. */
        MISUSED
    }

    private final int number;
    private final Sense sense;
    private final String meaning;

    XaCode(int number, Sense sense, String meaning) {
        this.number = number;
        this.sense = sense;
        this.meaning = meaning;
    }

    static XaCode of(int number) {
        return Arrays.stream(values())
                .filter(code -> code.number == number)
                .findFirst()
                .orElse(UNNAMED);
    }

    int number() {
        return number;
    }

    Sense sense() {
        return sense;
    }

    String meaning() {
        return meaning;
    }
}
