------------------------- MODULE PeersEndTheWaitBroken ------------------------
(****************************************************************************)
(* Only a commit is passed on: whoever knows of the abort keeps it to       *)
(* itself, and the others wait for a coordinator that never comes back.     *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

BrokenParticipantAnswerPeer(p, q) ==
    /\ p # q
    /\ PeerInquiry(q) \in messages
    /\ participant[p] = "committed"
    /\ Send({PeerAnswer(q, participant[p])})
    /\ messages' # messages
    /\ UNCHANGED <<coordinatorVars, participantVars, crashes>>
==============================================================================
