------------------------ MODULE ForgetAfterAcksBroken ------------------------
(****************************************************************************)
(* The coordinator forgets as soon as it has told everyone: a participant   *)
(* that missed the message asks, and hears the presumption.                 *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

BrokenCoordinatorForget(i) ==
    /\ coordinator[i] = "committing"
    /\ log.opened = i
    /\ \A p \in log.participants : Commit(p) \in messages
    /\ Enter(i, "forgotten")
    /\ acks' = [acks EXCEPT ![i] = {}]
    /\ log' = [log EXCEPT !.endPending = TRUE]
    /\ UNCHANGED <<votes, reported, reply, participantVars, messages, crashes>>
==============================================================================
