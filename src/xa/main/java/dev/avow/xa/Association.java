package dev.avow.xa;

import javax.transaction.xa.XAResource;

/** How one resource works for a branch: C193, table 6-3. Guarded by the branch's lock. */
final class Association {
    /** ACTIVE → SUSPENDED → ACTIVE (TMRESUME); ACTIVE, SUSPENDED → ENDED → ACTIVE (TMJOIN). */
    private enum State {
        ACTIVE,
        SUSPENDED,
        ENDED
    }

    private final AvowXid xid;
    private final XAResource resource;
    private final XaCalls calls;
    private State state = State.ACTIVE;

    private Association(AvowXid xid, XAResource resource, XaCalls calls) {
        this.xid = xid;
        this.resource = resource;
        this.calls = calls;
    }

    /** @param flag {@link XAResource#TMNOFLAGS} for a branch's first, {@link XAResource#TMJOIN} for any other */
    static Association start(AvowXid xid, XAResource resource, XaCalls calls, int flag) throws XaFailure {
        calls.start(xid, flag);
        return new Association(xid, resource, calls);
    }

    boolean isOn(XAResource another) {
        return resource == another;
    }

    boolean isActive() {
        return state == State.ACTIVE;
    }

    /** Whether that changed anything. */
    boolean end(int flag) throws XaFailure {
        if (state == State.ENDED || (state == State.SUSPENDED && flag == XAResource.TMSUSPEND)) {
            return false;
        }
        try {
            calls.end(xid, flag);
        } catch (XaFailure failure) {
            if (failure.sense() == XaCode.Sense.ROLLED_BACK) {
                // C193, xa_end: the resource has dissociated the branch all the same.
                state = State.ENDED;
            }
            throw failure;
        }
        state = flag == XAResource.TMSUSPEND ? State.SUSPENDED : State.ENDED;
        return true;
    }

    /** Whether it was ended or suspended before. */
    boolean resume() throws XaFailure {
        if (state == State.ACTIVE) {
            return false;
        }
        calls.start(xid, state == State.SUSPENDED ? XAResource.TMRESUME : XAResource.TMJOIN);
        state = State.ACTIVE;
        return true;
    }
}
