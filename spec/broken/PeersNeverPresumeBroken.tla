------------------------ MODULE PeersNeverPresumeBroken -----------------------
(****************************************************************************)
(* A participant that has lost its memory in a crash presumes the abort, as *)
(* only a coordinator may. It had voted readOnly, and the others commit.    *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

BrokenParticipantAnswerPeer(p, q) ==
    /\ p # q
    /\ PeerInquiry(q) \in messages
    /\ participant[p] \in {"committed", "aborted", "lost"}
    /\ Send({PeerAnswer(q, IF participant[p] = "lost" THEN "aborted" ELSE participant[p])})
    /\ messages' # messages
    /\ UNCHANGED <<coordinatorVars, participantVars, crashes>>
==============================================================================
