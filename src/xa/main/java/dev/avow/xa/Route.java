package dev.avow.xa;

import dev.avow.engine.HeuristicException;

/**
 * How a branch is reached to be settled: over its own connection until that fails, from then on over the recovery
 * connection. Guarded by the branch's lock.
 */
final class Route {
    @FunctionalInterface
    private interface Settle {
        void run() throws Exception;
    }

    private final AvowXid xid;
    private final BranchWork work;
    private final RecoverySession recovery;
    private boolean ownFailed;

    Route(AvowXid xid, BranchWork work, RecoverySession recovery) {
        this.xid = xid;
        this.work = work;
        this.recovery = recovery;
    }

    /** Gives the own connection back, whatever it may still hold: for what isn't prepared, or promised to nobody. */
    void loseOwn() {
        ownFailed = true;
        work.release(false);
    }

    boolean hasLostOwn() {
        return ownFailed;
    }

    /** Whether the own connection may serve another branch. */
    boolean commit() throws Exception {
        // An own connection that failed may have brought the commit there all the same.
        return settle(() -> Settling.commit(work.calls(), xid, ownFailed, recovery::lists), () -> recovery.commit(xid));
    }

    /** As {@link #commit}, for a branch that is prepared. */
    boolean abort() throws Exception {
        return settle(() -> Settling.abort(work.calls(), xid, recovery::lists), () -> recovery.abort(xid));
    }

    /** A resource that the application has lent may be reached over nothing else. */
    void forget() throws Exception {
        if (ownFailed || !work.isLent()) {
            recovery.forget(xid);
        } else {
            work.calls().forget(xid);
        }
    }

    private boolean settle(Settle overOwn, Settle overRecovery) throws Exception {
        if (ownFailed) {
            settleElsewhere(overOwn, overRecovery);
            return false;
        }
        try {
            overOwn.run();
            return true;
        } catch (HeuristicException answered) {
            throw answered;
        } catch (Exception | Error failure) {
            // From now on over the recovery connection; this one stays as it is until the branch is settled.
            ownFailed = !(failure instanceof XaFailure answer && answer.sense() == XaCode.Sense.NOT_NOW);
            throw failure;
        }
    }

    private void settleElsewhere(Settle overOwn, Settle overRecovery) throws Exception {
        try {
            overRecovery.run();
        } catch (XaFailure failure) {
            if (failure.sense() != XaCode.Sense.UNAVAILABLE || !work.isLent()) {
                throw failure;
            }
            overOwn.run();
        }
    }
}
