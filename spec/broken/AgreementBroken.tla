--------------------------- MODULE AgreementBroken ---------------------------
(****************************************************************************)
(* The coordinator commits without waiting for the votes that are still     *)
(* missing: a participant that has refused meanwhile has already thrown its *)
(* work away.                                                               *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

BrokenCoordinatorDecideCommit(i) ==
    /\ coordinator[i] = "preparing"
    /\ YesVoters # {}
    /\ log.opened = i
    /\ Enter(i, "committing")
    /\ log' = [log EXCEPT !.record = "commit", !.participants = YesVoters]
    /\ votes' = NoVotes
    /\ Tell("committed")
    /\ UNCHANGED <<acks, reported, participantVars, messages, crashes>>
==============================================================================
