--------------------------- MODULE ReplyTrueBroken ---------------------------
(****************************************************************************)
(* A participant alone, asked again for a commit that it has carried out    *)
(* and forgotten, answers that it has aborted.                              *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

BrokenParticipantUnknownOnePhase(p) ==
    /\ participant[p] \in {"committed", "aborted"}
    /\ OnePhase(p) \in messages
    /\ Ended(p, "aborted") \notin messages
    /\ Send({Ended(p, "aborted")})
    /\ UNCHANGED <<coordinatorVars, participantVars, crashes>>
==============================================================================
