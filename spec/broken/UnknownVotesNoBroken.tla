------------------------- MODULE UnknownVotesNoBroken ------------------------
(****************************************************************************)
(* A participant that has lost its work in a crash prepares the nothing     *)
(* that is left of it and votes yes.                                        *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

BrokenParticipantPrepare(p) ==
    /\ participant[p] \in {"working", "aborted"}
    /\ disk[p] = "nothing"
    /\ Prepare(p) \in messages
    /\ participant' = [participant EXCEPT ![p] = "prepared"]
    /\ disk' = [disk EXCEPT ![p] = "prepared"]
    /\ UNCHANGED <<coordinatorVars, work, acted, messages, crashes>>
==============================================================================
