----------------------- MODULE HeuristicReportedBroken -----------------------
(****************************************************************************)
(* A participant that has decided alone hears the opposite decision and     *)
(* drops the evidence without a word.                                       *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

BrokenParticipantReceiveForget(p) ==
    /\ Contradicted(p)
    /\ participant' = [participant EXCEPT ![p] = "mixed"]
    /\ disk' = [disk EXCEPT ![p] = "mixed"]
    /\ UNCHANGED <<coordinatorVars, work, acted, messages, crashes>>
==============================================================================
