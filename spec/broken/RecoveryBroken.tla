---------------------------- MODULE RecoveryBroken ---------------------------
(****************************************************************************)
(* Without recovery of the coordinator, prepared participants block for     *)
(* ever: the price of two-phase commit, and the reason why recovery is on   *)
(* from the first moment.                                                   *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

BrokenCoordinatorRecover(i) ==
    /\ FALSE
    /\ UNCHANGED vars
==============================================================================
