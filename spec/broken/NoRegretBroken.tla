---------------------------- MODULE NoRegretBroken ---------------------------
(****************************************************************************)
(* The participant loses patience while in doubt and aborts on its own,     *)
(* though it has promised to wait.                                          *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

BrokenParticipantRefuse(p) ==
    /\ participant[p] \in {"working", "prepared"}
    /\ participant' = [participant EXCEPT ![p] = "aborted"]
    /\ work' = [work EXCEPT ![p] = FALSE]
    /\ acted' = [acted EXCEPT ![p] = "abort"]
    /\ UNCHANGED <<coordinatorVars, disk, messages, crashes>>
==============================================================================
