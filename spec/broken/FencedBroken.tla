----------------------------- MODULE FencedBroken ----------------------------
(****************************************************************************)
(* The log takes a decision from an incarnation that a later one has        *)
(* replaced: the later one has already presumed abort.                      *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

BrokenCoordinatorDecideCommit(i) ==
    /\ coordinator[i] = "preparing"
    /\ NobodyRefuses
    /\ YesVoters # {}
    /\ Enter(i, "committing")
    /\ log' = [log EXCEPT !.record = "commit", !.participants = YesVoters]
    /\ votes' = NoVotes
    /\ Tell("committed")
    /\ UNCHANGED <<acks, reported, participantVars, messages, crashes>>
==============================================================================
