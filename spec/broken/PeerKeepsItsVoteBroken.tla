------------------------ MODULE PeerKeepsItsVoteBroken ------------------------
(****************************************************************************)
(* A participant that hasn't voted answers that it is aborted, without      *)
(* aborting: it may vote yes after all, and what it has said becomes wrong. *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

BrokenParticipantAnswerPeer(p, q) ==
    /\ p # q
    /\ PeerInquiry(q) \in messages
    /\ participant[p] \in {"committed", "aborted", "working"}
    /\ Send({PeerAnswer(q, IF participant[p] = "working" THEN "aborted" ELSE participant[p])})
    /\ messages' # messages
    /\ UNCHANGED <<coordinatorVars, participantVars, crashes>>
==============================================================================
