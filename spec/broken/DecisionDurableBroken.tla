------------------------ MODULE DecisionDurableBroken ------------------------
(****************************************************************************)
(* The coordinator tells the participants to commit before its record is    *)
(* durable: after a crash it remembers nothing and presumes abort.          *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

BrokenCoordinatorDecideCommit(i) ==
    /\ coordinator[i] = "preparing"
    /\ NobodyRefuses
    /\ YesVoters # {}
    /\ log.opened = i
    /\ Enter(i, "committing")
    /\ log' = [log EXCEPT !.participants = YesVoters]
    /\ votes' = NoVotes
    /\ Tell("committed")
    /\ UNCHANGED <<acks, reported, participantVars, messages, crashes>>
==============================================================================
