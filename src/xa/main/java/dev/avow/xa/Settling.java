package dev.avow.xa;

import dev.avow.engine.BranchEnding;
import dev.avow.engine.HeuristicException;
import dev.avow.protocol.Ending;

/**
 * What a resource's answer to the decision means: X/Open C193, manual pages {@code xa_commit} and {@code xa_rollback}.
 *
 * <table>
 *   <caption>"Not yet" is an exception: the engine asks again</caption>
 *   <tr><th></th><th>commit</th><th>rollback</th><th>one-phase commit</th></tr>
 *   <tr><td>XA_OK</td><td>committed</td><td>aborted</td><td>committed</td></tr>
 *   <tr><td>XA_RB*</td><td>aborted alone, if it isn't listed any more</td><td>aborted</td><td>aborted</td></tr>
 *   <tr><td>XA_HEURCOM</td><td>committed; forgotten</td><td>committed alone</td><td>committed; forgotten</td></tr>
 *   <tr><td>XA_HEURRB</td><td>aborted alone</td><td>aborted; forgotten</td><td>aborted alone</td></tr>
 *   <tr><td>XA_HEURMIX, XA_HEURHAZ</td><td>heuristic</td><td>heuristic</td><td>heuristic</td></tr>
 *   <tr><td>XAER_NOTA</td><td>committed before, if it isn't listed any more; a hazard where that can't be</td><td>aborted</td><td>unknown</td></tr>
 *   <tr><td>XAER_RMERR</td><td>a hazard, if it isn't listed any more</td><td>aborted, likewise</td><td>unknown</td></tr>
 *   <tr><td>XA_RETRY, XAER_RMFAIL, others</td><td>not yet</td><td>not yet</td><td>unknown</td></tr>
 * </table>
 *
 * <p>Two rows are more careful than the specification. XAER_RMERR says there that the branch "has been rolled back", and
 * XA_RB* can't answer a commit in two phases; but drivers give both for branches that are still prepared. So the
 * resource's list decides: a branch on it is not settled yet. One that is gone after XAER_RMERR may also have been
 * committed by a call whose reply was lost, hence a hazard, for a person to look at. (HeuristicReported)
 */
final class Settling {
    /** Asks the resource whether it still holds the branch. */
    @FunctionalInterface
    interface Scan {
        boolean lists(AvowXid xid) throws Exception;
    }

    /** @param mayBeDone whether an earlier commit, perhaps of an earlier run, may have reached the resource */
    static void commit(XaCalls calls, AvowXid xid, boolean mayBeDone, Scan scan) throws Exception {
        try {
            calls.commit(xid, false);
        } catch (XaFailure failure) {
            switch (failure.sense()) {
                case HEURISTIC_COMMIT -> calls.forget(xid);
                case HEURISTIC_ROLLBACK -> throw heuristic(BranchEnding.HEURISTIC_ABORTED, failure);
                case HEURISTIC_MIX -> throw heuristic(BranchEnding.HEURISTIC_MIXED, failure);
                case HEURISTIC_HAZARD -> throw heuristic(BranchEnding.HEURISTIC_HAZARD, failure);
                case ROLLED_BACK -> throw settledAlone(BranchEnding.HEURISTIC_ABORTED, failure, xid, scan);
                case RESOURCE_ERROR -> throw settledAlone(BranchEnding.HEURISTIC_HAZARD, failure, xid, scan);
                case UNKNOWN_BRANCH -> requireDone(mayBeDone, failure, xid, scan);
                case NOT_NOW, UNAVAILABLE, MISUSED -> throw failure;
            }
        }
    }

    /**
     * Prepared here and never asked to commit: if it is gone, someone has settled it by hand. (HeuristicReported) It isn't
     * gone while it is listed: MariaDB 11.4 lists a branch whose own connection is still open, and says that it doesn't know
     * it, to any other one.
     */
    private static void requireDone(boolean mayBeDone, XaFailure failure, AvowXid xid, Scan scan) throws Exception {
        if (scan.lists(xid)) {
            throw failure;
        }
        if (!mayBeDone) {
            throw heuristic(BranchEnding.HEURISTIC_HAZARD, failure);
        }
    }

    private static Exception settledAlone(BranchEnding ending, XaFailure failure, AvowXid xid, Scan scan)
            throws Exception {
        return scan.lists(xid) ? failure : heuristic(ending, failure);
    }

    static void abort(XaCalls calls, AvowXid xid, Scan scan) throws Exception {
        try {
            calls.rollback(xid);
        } catch (XaFailure failure) {
            switch (failure.sense()) {
                case ROLLED_BACK, UNKNOWN_BRANCH -> {}
                case HEURISTIC_ROLLBACK -> calls.forget(xid);
                case HEURISTIC_COMMIT -> throw heuristic(BranchEnding.HEURISTIC_COMMITTED, failure);
                case HEURISTIC_MIX -> throw heuristic(BranchEnding.HEURISTIC_MIXED, failure);
                case HEURISTIC_HAZARD -> throw heuristic(BranchEnding.HEURISTIC_HAZARD, failure);
                case RESOURCE_ERROR -> requireGone(failure, xid, scan);
                case NOT_NOW, UNAVAILABLE, MISUSED -> throw failure;
            }
        }
    }

    private static void requireGone(XaFailure failure, AvowXid xid, Scan scan) throws Exception {
        if (scan.lists(xid)) {
            throw failure;
        }
    }

    static Ending commitOnePhase(XaCalls calls, AvowXid xid) throws XaFailure, HeuristicException {
        try {
            calls.commit(xid, true);
            return Ending.COMMITTED;
        } catch (XaFailure failure) {
            return switch (failure.sense()) {
                case ROLLED_BACK -> Ending.ABORTED;
                case UNKNOWN_BRANCH -> Ending.UNKNOWN;
                case HEURISTIC_COMMIT -> forgotten(calls, xid);
                case HEURISTIC_ROLLBACK -> throw heuristic(BranchEnding.HEURISTIC_ABORTED, failure);
                case HEURISTIC_MIX -> throw heuristic(BranchEnding.HEURISTIC_MIXED, failure);
                case HEURISTIC_HAZARD -> throw heuristic(BranchEnding.HEURISTIC_HAZARD, failure);
                case RESOURCE_ERROR, NOT_NOW, UNAVAILABLE, MISUSED -> throw failure;
            };
        }
    }

    private static Ending forgotten(XaCalls calls, AvowXid xid) {
        try {
            calls.forget(xid);
        } catch (XaFailure kept) {
            // The ending is known all the same; recovery meets the branch again and reports it.
        }
        return Ending.COMMITTED;
    }

    private static HeuristicException heuristic(BranchEnding ending, XaFailure failure) {
        HeuristicException report = new HeuristicException(ending, String.valueOf(failure.getMessage()));
        report.initCause(failure);
        return report;
    }

    private Settling() {}
}
