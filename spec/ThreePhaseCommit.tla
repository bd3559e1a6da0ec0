-------------------------- MODULE ThreePhaseCommit --------------------------
(****************************************************************************)
(* The textbook's remedy for the blocking of two-phase commit (Skeen,       *)
(* "Nonblocking Commit Protocols", 1981): a round between vote and commit,  *)
(* so that a participant whose coordinator has fallen silent may decide     *)
(* alone. It rests on messages that arrive in time. Where they may be late, *)
(* one participant commits on its own and another one aborts on its own.    *)
(*                                                                          *)
(* Even the punctual form is kind to the protocol: a message to all leaves  *)
(* as a whole or not at all.                                                *)
(****************************************************************************)
EXTENDS FiniteSets

CONSTANTS Participant, MayBeLate

VARIABLES coordinator, participant, messages

vars == <<coordinator, participant, messages>>

Message ==
    [type : {"canCommit", "preCommit", "doCommit", "abort", "yes", "ack"}, participant : Participant]

Types ==
    /\ coordinator \in {"working", "waiting", "preCommitting", "committed", "aborted", "down"}
    /\ participant \in [Participant -> {"working", "ready", "preCommitted", "committed", "aborted"}]
    /\ messages \in SUBSET Message

Init ==
    /\ coordinator = "working"
    /\ participant = [p \in Participant |-> "working"]
    /\ messages = {}

Msg(t, p) == [type |-> t, participant |-> p]
All(t) == {Msg(t, p) : p \in Participant}

CoordinatorStep(from, to, needed, sent) ==
    /\ coordinator = from
    /\ All(needed) \subseteq messages
    /\ coordinator' = to
    /\ messages' = messages \cup All(sent)
    /\ UNCHANGED participant

CoordinatorSendCanCommit ==
    /\ coordinator = "working"
    /\ coordinator' = "waiting"
    /\ messages' = messages \cup All("canCommit")
    /\ UNCHANGED participant

CoordinatorSendPreCommit == CoordinatorStep("waiting", "preCommitting", "yes", "preCommit")
CoordinatorSendDoCommit == CoordinatorStep("preCommitting", "committed", "ack", "doCommit")

CoordinatorAbort ==
    /\ coordinator \in {"working", "waiting"}
    /\ coordinator' = "aborted"
    /\ messages' = messages \cup All("abort")
    /\ UNCHANGED participant

CoordinatorCrash ==
    /\ coordinator # "down"
    /\ coordinator' = "down"
    /\ UNCHANGED <<participant, messages>>

ParticipantStep(p, from, to, received, sent) ==
    /\ participant[p] = from
    /\ Msg(received, p) \in messages
    /\ participant' = [participant EXCEPT ![p] = to]
    /\ messages' = messages \cup {Msg(t, p) : t \in sent}
    /\ UNCHANGED coordinator

ParticipantVoteYes(p) == ParticipantStep(p, "working", "ready", "canCommit", {"yes"})
ParticipantPreCommit(p) == ParticipantStep(p, "ready", "preCommitted", "preCommit", {"ack"})
ParticipantCommit(p) == ParticipantStep(p, "preCommitted", "committed", "doCommit", {})
ParticipantAbort(p) ==
    \/ ParticipantStep(p, "working", "aborted", "abort", {})
    \/ ParticipantStep(p, "ready", "aborted", "abort", {})

\* Silence means a crash only where nothing can still be under way.
Silent(p) ==
    \/ MayBeLate
    \/ /\ coordinator = "down"
       /\ participant[p] = "ready" => {Msg("preCommit", p), Msg("abort", p)} \cap messages = {}
       /\ participant[p] = "preCommitted" => Msg("doCommit", p) \notin messages

ParticipantDecideAlone(p, from, to) ==
    /\ participant[p] = from
    /\ Silent(p)
    /\ participant' = [participant EXCEPT ![p] = to]
    /\ UNCHANGED <<coordinator, messages>>

ParticipantAbortAlone(p) == ParticipantDecideAlone(p, "ready", "aborted")
ParticipantCommitAlone(p) == ParticipantDecideAlone(p, "preCommitted", "committed")

Next ==
    \/ CoordinatorSendCanCommit
    \/ CoordinatorSendPreCommit
    \/ CoordinatorSendDoCommit
    \/ CoordinatorAbort
    \/ CoordinatorCrash
    \/ \E p \in Participant :
        \/ ParticipantVoteYes(p)
        \/ ParticipantPreCommit(p)
        \/ ParticipantCommit(p)
        \/ ParticipantAbort(p)
        \/ ParticipantAbortAlone(p)
        \/ ParticipantCommitAlone(p)

Spec == Init /\ [][Next]_vars

Agreement ==
    \A p, q \in Participant : ~ (participant[p] = "committed" /\ participant[q] = "aborted")
=============================================================================
