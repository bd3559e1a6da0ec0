-------------------------- MODULE VoteDurableBroken --------------------------
(****************************************************************************)
(* The participant votes yes from memory, without a prepared record: a      *)
(* crash takes the work with it, and the coordinator still counts on it.    *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

BrokenParticipantPrepare(p) ==
    /\ participant[p] = "working"
    /\ Prepare(p) \in messages
    /\ participant' = [participant EXCEPT ![p] = "prepared"]
    /\ UNCHANGED <<coordinatorVars, disk, work, acted, messages, crashes>>
==============================================================================
