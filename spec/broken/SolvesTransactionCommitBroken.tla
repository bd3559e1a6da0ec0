-------------------- MODULE SolvesTransactionCommitBroken --------------------
(****************************************************************************)
(* A participant acts on an abort that nobody has decided: the refinement of*)
(* TransactionCommit, not only a rule, must notice.                         *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

BrokenParticipantReceiveAbort(p) ==
    /\ participant[p] \in {"working", "prepared", "heuristicAborted"}
    /\ participant' = [participant EXCEPT ![p] = "aborted"]
    /\ work' = [work EXCEPT ![p] = FALSE]
    /\ acted' = [acted EXCEPT ![p] = "abort"]
    /\ UNCHANGED <<coordinatorVars, disk, messages, crashes>>
==============================================================================
