----------------------- MODULE AnswerOnlyDecidedBroken -----------------------
(****************************************************************************)
(* The coordinator answers an inquiry about a transaction that it is still  *)
(* deciding as if it had no memory of it, and commits afterwards.           *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

BrokenCoordinatorAnswer(i, p) ==
    /\ Inquiry(p) \in messages
    /\ \/ /\ coordinator[i] = "committing"
          /\ p \in log.participants
          /\ Send({Commit(p)})
       \/ /\ coordinator[i] \in {"preparing", "aborted", "forgotten"}
          /\ Send({Abort(p)})
    /\ messages' # messages
    /\ UNCHANGED <<coordinator, votes, acks, log, reported, reply, participantVars, crashes>>
==============================================================================
