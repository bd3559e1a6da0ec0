-------------------------- MODULE TerminationBroken --------------------------
(****************************************************************************)
(* A coordinator without a record keeps silent instead of giving the        *)
(* presumption: whoever is in doubt stays so for ever.                      *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

BrokenCoordinatorAnswer(i, p) ==
    /\ Inquiry(p) \in messages
    /\ \/ /\ coordinator[i] = "committing"
          /\ p \in log.participants
          /\ Send({Commit(p)})
       \/ /\ coordinator[i] \in {"aborted"}
          /\ Send({Abort(p)})
    /\ messages' # messages
    /\ UNCHANGED <<coordinator, votes, acks, log, reported, reply, participantVars, crashes>>
==============================================================================
