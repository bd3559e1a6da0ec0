------------------------- MODULE PresumedAbortBroken -------------------------
(****************************************************************************)
(* A recovered coordinator that finds no record takes the transaction for   *)
(* committed.                                                               *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

BrokenOpen(i) ==
    /\ i = log.opened + 1
    /\ log' = [log EXCEPT !.opened = i, !.endPending = FALSE]
    /\ Enter(i, "committing")
    /\ UNCHANGED <<votes, acks, reported, participantVars, messages>>
==============================================================================
