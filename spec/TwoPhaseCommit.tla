--------------------------- MODULE TwoPhaseCommit ---------------------------
(****************************************************************************)
(* Avow's protocol: two-phase commit with presumed abort, one transaction.  *)
(*                                                                          *)
(* Follows Mohan, Lindsay and Obermarck, "Transaction Management in the R*  *)
(* Distributed Database Management System" (1986), section 3, with          *)
(* incarnations of the coordinator that fence each other off by the log.    *)
(*                                                                          *)
(* What survives a crash: log, disk, reported. What a crash takes away:     *)
(* coordinator, votes, acks, participant, work that isn't prepared.         *)
(* messages only grows: a message may be received late, often, in any order *)
(* or never, so loss, repetition and reordering need no action of their own.*)
(* A timeout is an action that is enabled before its cause is certain.      *)
(****************************************************************************)
EXTENDS Naturals, FiniteSets, TLC

CONSTANTS
    Participant,     \* who takes part; one alone is committed in one phase
    MaxCrashes,      \* how many crashes and takeovers a behaviour may have
    MayTakeOver,     \* may a new incarnation open the log while an earlier one lives?
    MayBeReadOnly,   \* may a participant vote readOnly?
    MayDecideAlone,  \* may a participant decide alone while in doubt (heuristic outcome)?
    MayAskPeers      \* may a participant in doubt ask the others (cooperative termination)?

VARIABLES
    coordinator,  \* [Incarnation -> CoordinatorState]
    votes,        \* what the first incarnation has heard: only it runs phase one
    acks,         \* [Incarnation -> who has acknowledged the commit to it]
    log,          \* the decision log, shared by all incarnations
    reported,     \* contradictions reported to an operator, durably
    reply,        \* what the caller of commit was told
    participant,  \* [Participant -> ParticipantState]
    disk,         \* [Participant -> its durable record]
    work,         \* [Participant -> does it still hold the transaction's work?]
    acted,        \* history: the decision that a participant last acted on
    messages,     \* all that was ever sent
    crashes

vars == <<coordinator, votes, acks, log, reported, reply, participant, disk,
          work, acted, messages, crashes>>

Symmetry == Permutations(Participant)

Incarnation == 1 .. MaxCrashes + 1

CoordinatorState ==
    {"down",        \* not opened yet, crashed, or refused by the log
     "working",     \* the application still works
     "preparing",   \* collects votes
     "onePhase",    \* has handed the decision to the only participant
     "committing",  \* the commit record is durable, acknowledgements are missing
     "aborted",     \* has decided to abort
     "forgotten"}   \* holds no record: presumed abort answers for it

ParticipantState ==
    {"down",
     "working",
     "prepared",            \* in doubt: has voted yes or may do so
     "committed",
     "aborted",             \* has refused, or has heard the abort: it knows the decision
     "lost",                \* back from a crash without anything in doubt: it knows nothing
     "readOnly",            \* has voted readOnly and is out
     "heuristicCommitted",  \* has committed alone
     "heuristicAborted",    \* has aborted alone
     "mixed"}               \* contradicted the decision; that is reported

DiskRecord ==
    {"nothing", "prepared", "committed", "aborted",
     "heuristicCommitted", "heuristicAborted", "mixed"}

Vote == {"yes", "readOnly", "no"}
Ending == {"committed", "aborted", "unknown"}

Prepare(p)     == [type |-> "prepare", participant |-> p]
VoteOf(p, v)   == [type |-> "vote", participant |-> p, vote |-> v]
Commit(p)      == [type |-> "commit", participant |-> p]
Abort(p)       == [type |-> "abort", participant |-> p]
Ack(p)         == [type |-> "ack", participant |-> p]
Inquiry(p)     == [type |-> "inquiry", participant |-> p]
OnePhase(p)    == [type |-> "onePhase", participant |-> p]
Ended(p, e)    == [type |-> "ended", participant |-> p, ending |-> e]
Damage(p)      == [type |-> "damage", participant |-> p]
Forget(p)      == [type |-> "forget", participant |-> p]
PeerInquiry(p) == [type |-> "peerInquiry", participant |-> p]
\* Who gives the answer is not in it: all that know give the same.
PeerAnswer(p, e) == [type |-> "peerAnswer", participant |-> p, ending |-> e]

Message ==
    UNION {{Prepare(p), Commit(p), Abort(p), Ack(p), Inquiry(p), OnePhase(p),
            Damage(p), Forget(p), PeerInquiry(p)} : p \in Participant}
    \cup {VoteOf(p, v) : p \in Participant, v \in Vote}
    \cup {Ended(p, e) : p \in Participant, e \in Ending}
    \cup {PeerAnswer(p, e) : p \in Participant, e \in Ending \ {"unknown"}}

Types ==
    /\ coordinator \in [Incarnation -> CoordinatorState]
    /\ votes \in [Participant -> Vote \cup {"none"}]
    /\ acks \in [Incarnation -> SUBSET Participant]
    /\ log \in [record : {"none", "commit", "end"}, participants : SUBSET Participant,
                endPending : BOOLEAN, opened : Incarnation]
    /\ reported \in SUBSET Participant
    /\ reply \in Ending \cup {"none"}
    /\ participant \in [Participant -> ParticipantState]
    /\ disk \in [Participant -> DiskRecord]
    /\ work \in [Participant -> BOOLEAN]
    /\ acted \in [Participant -> {"nothing", "commit", "abort"}]
    /\ messages \in SUBSET Message
    /\ crashes \in 0 .. MaxCrashes

NoVotes == [p \in Participant |-> "none"]

Init ==
    /\ coordinator = [i \in Incarnation |-> IF i = 1 THEN "working" ELSE "down"]
    /\ votes = NoVotes
    /\ acks = [i \in Incarnation |-> {}]
    /\ log = [record |-> "none", participants |-> {}, endPending |-> FALSE, opened |-> 1]
    /\ reported = {}
    /\ reply = "none"
    /\ participant = [p \in Participant |-> "working"]
    /\ disk = [p \in Participant |-> "nothing"]
    /\ work = [p \in Participant |-> TRUE]
    /\ acted = [p \in Participant |-> "nothing"]
    /\ messages = {}
    /\ crashes = 0

Send(set) == messages' = messages \cup set
Enter(i, state) == coordinator' = [coordinator EXCEPT ![i] = state]
Tell(ending) == reply' = IF reply = "none" THEN ending ELSE reply

participantVars == <<participant, disk, work, acted>>

------------------------------------------------------------------------------
(* The coordinator: phase one *)

CoordinatorSendPrepare(i) ==
    /\ coordinator[i] = "working"
    /\ Cardinality(Participant) > 1
    /\ Enter(i, "preparing")
    /\ Send({Prepare(p) : p \in Participant})
    /\ UNCHANGED <<votes, acks, log, reported, reply, participantVars, crashes>>

CoordinatorReceiveVote(i, p, v) ==
    /\ coordinator[i] = "preparing"
    /\ votes[p] = "none"
    /\ VoteOf(p, v) \in messages
    /\ votes' = [votes EXCEPT ![p] = v]
    /\ UNCHANGED <<coordinator, acks, log, reported, reply, participantVars, messages, crashes>>

YesVoters == {p \in Participant : votes[p] = "yes"}
NobodyRefuses == \A p \in Participant : votes[p] \in {"yes", "readOnly"}

\* The commit record is appended and forced in this one step, or the log refuses it.
CoordinatorDecideCommit(i) ==
    /\ coordinator[i] = "preparing"
    /\ NobodyRefuses
    /\ YesVoters # {}
    /\ log.opened = i
    /\ Enter(i, "committing")
    /\ log' = [log EXCEPT !.record = "commit", !.participants = YesVoters]
    /\ votes' = NoVotes
    /\ Tell("committed")
    /\ UNCHANGED <<acks, reported, participantVars, messages, crashes>>

\* What the log refuses, be it the commit record or its end, ends this incarnation.
CoordinatorRefused(i) ==
    /\ \/ coordinator[i] = "preparing" /\ NobodyRefuses /\ YesVoters # {}
       \/ coordinator[i] = "committing" /\ acks[i] = log.participants
    /\ log.opened # i
    /\ Enter(i, "down")
    /\ votes' = IF i = 1 THEN NoVotes ELSE votes
    /\ acks' = [acks EXCEPT ![i] = {}]
    /\ Tell("unknown")
    /\ UNCHANGED <<log, reported, participantVars, messages, crashes>>

CoordinatorDecideReadOnly(i) ==
    /\ coordinator[i] = "preparing"
    /\ NobodyRefuses
    /\ YesVoters = {}
    /\ Enter(i, "forgotten")
    /\ votes' = NoVotes
    /\ Tell("committed")
    /\ UNCHANGED <<acks, log, reported, participantVars, messages, crashes>>

\* The application's wish, a no vote, or a vote that is late. Nothing is written.
CoordinatorDecideAbort(i) ==
    /\ coordinator[i] \in {"working", "preparing"}
    /\ Enter(i, "aborted")
    /\ votes' = NoVotes
    /\ Tell("aborted")
    /\ Send({Abort(p) : p \in Participant})
    /\ UNCHANGED <<acks, log, reported, participantVars, crashes>>

------------------------------------------------------------------------------
(* The coordinator: phase two *)

CoordinatorSendCommit(i) ==
    /\ coordinator[i] = "committing"
    /\ Send({Commit(p) : p \in log.participants \ acks[i]})
    /\ messages' # messages
    /\ UNCHANGED <<coordinator, votes, acks, log, reported, reply, participantVars, crashes>>

CoordinatorReceiveAck(i, p) ==
    /\ coordinator[i] = "committing"
    /\ Ack(p) \in messages
    /\ p \notin acks[i]
    /\ acks' = [acks EXCEPT ![i] = @ \cup {p}]
    /\ UNCHANGED <<coordinator, votes, log, reported, reply, participantVars, messages, crashes>>

\* The end record isn't forced: after a crash the commit is told once more, to no harm.
CoordinatorForget(i) ==
    /\ coordinator[i] = "committing"
    /\ acks[i] = log.participants
    /\ log.opened = i
    /\ Enter(i, "forgotten")
    /\ acks' = [acks EXCEPT ![i] = {}]
    /\ log' = [log EXCEPT !.endPending = TRUE]
    /\ UNCHANGED <<votes, reported, reply, participantVars, messages, crashes>>

LogFlush ==
    /\ log.endPending
    /\ log' = [log EXCEPT !.record = "end", !.endPending = FALSE]
    /\ UNCHANGED <<coordinator, votes, acks, reported, reply, participantVars, messages, crashes>>

\* A transaction that is still being decided gets no answer: this step isn't enabled then.
CoordinatorAnswer(i, p) ==
    /\ Inquiry(p) \in messages
    /\ \/ /\ coordinator[i] = "committing"
          /\ p \in log.participants
          /\ Send({Commit(p)})
       \/ /\ coordinator[i] \in {"aborted", "forgotten"}
          /\ Send({Abort(p)})
    /\ messages' # messages
    /\ UNCHANGED <<coordinator, votes, acks, log, reported, reply, participantVars, crashes>>

\* The report is forced before the participant may drop its evidence.
CoordinatorReceiveDamage(i, p) ==
    /\ coordinator[i] \in {"committing", "aborted", "forgotten"}
    /\ Damage(p) \in messages
    /\ p \notin reported
    /\ reported' = reported \cup {p}
    /\ UNCHANGED <<coordinator, votes, acks, log, reply, participantVars, messages, crashes>>

CoordinatorSendForget(i, p) ==
    /\ coordinator[i] \in {"committing", "aborted", "forgotten"}
    /\ p \in reported
    /\ Forget(p) \notin messages
    /\ Send({Forget(p)})
    /\ UNCHANGED <<coordinator, votes, acks, log, reported, reply, participantVars, crashes>>

------------------------------------------------------------------------------
(* The coordinator: one participant alone *)

CoordinatorSendOnePhase(i) ==
    /\ coordinator[i] = "working"
    /\ Cardinality(Participant) = 1
    /\ Enter(i, "onePhase")
    /\ Send({OnePhase(p) : p \in Participant})
    /\ UNCHANGED <<votes, acks, log, reported, reply, participantVars, crashes>>

CoordinatorReceiveEnded(i, p, e) ==
    /\ coordinator[i] = "onePhase"
    /\ Ended(p, e) \in messages
    /\ Enter(i, "forgotten")
    /\ Tell(e)
    /\ UNCHANGED <<votes, acks, log, reported, participantVars, messages, crashes>>

CoordinatorGiveUpOnePhase(i) ==
    /\ coordinator[i] = "onePhase"
    /\ Enter(i, "forgotten")
    /\ Tell("unknown")
    /\ UNCHANGED <<votes, acks, log, reported, participantVars, messages, crashes>>

------------------------------------------------------------------------------
(* The coordinator: crash and recovery *)

CoordinatorCrash(i) ==
    /\ coordinator[i] # "down"
    /\ crashes < MaxCrashes
    /\ crashes' = crashes + 1
    /\ Enter(i, "down")
    /\ votes' = IF i = 1 THEN NoVotes ELSE votes
    /\ acks' = [acks EXCEPT ![i] = {}]
    /\ log' = [log EXCEPT !.endPending = @ /\ log.opened # i]
    /\ Tell("unknown")
    /\ UNCHANGED <<reported, participantVars, messages>>

Open(i) ==
    /\ i = log.opened + 1
    /\ log' = [log EXCEPT !.opened = i, !.endPending = FALSE]
    /\ Enter(i, IF log.record = "commit" THEN "committing" ELSE "forgotten")
    /\ UNCHANGED <<votes, acks, reported, participantVars, messages>>

\* Whoever restarts can't know whether one that was overtaken earlier still lives.
CoordinatorRecover(i) ==
    /\ coordinator[log.opened] = "down"
    /\ Open(i)
    /\ UNCHANGED <<reply, crashes>>

\* The earlier incarnation was only thought dead, and goes on.
CoordinatorTakeOver(i) ==
    /\ MayTakeOver
    /\ coordinator[log.opened] # "down"
    /\ crashes < MaxCrashes
    /\ crashes' = crashes + 1
    /\ Open(i)
    /\ UNCHANGED reply

------------------------------------------------------------------------------
(* The participants *)

coordinatorVars == <<coordinator, votes, acks, log, reported, reply>>

ParticipantRefuse(p) ==
    /\ participant[p] = "working"
    /\ participant' = [participant EXCEPT ![p] = "aborted"]
    /\ work' = [work EXCEPT ![p] = FALSE]
    /\ acted' = [acted EXCEPT ![p] = "abort"]
    /\ UNCHANGED <<coordinatorVars, disk, messages, crashes>>

\* The prepared record is forced in this step; the vote leaves in a later one.
ParticipantPrepare(p) ==
    /\ participant[p] = "working"
    /\ Prepare(p) \in messages
    /\ participant' = [participant EXCEPT ![p] = "prepared"]
    /\ disk' = [disk EXCEPT ![p] = "prepared"]
    /\ UNCHANGED <<coordinatorVars, work, acted, messages, crashes>>

ParticipantVoteYes(p) ==
    /\ participant[p] = "prepared"
    /\ Prepare(p) \in messages
    /\ VoteOf(p, "yes") \notin messages
    /\ Send({VoteOf(p, "yes")})
    /\ UNCHANGED <<coordinatorVars, participantVars, crashes>>

ParticipantVoteReadOnly(p) ==
    /\ MayBeReadOnly
    /\ participant[p] = "working"
    /\ Prepare(p) \in messages
    /\ participant' = [participant EXCEPT ![p] = "readOnly"]
    /\ work' = [work EXCEPT ![p] = FALSE]
    /\ Send({VoteOf(p, "readOnly")})
    /\ UNCHANGED <<coordinatorVars, disk, acted, crashes>>

ParticipantVoteNo(p) ==
    /\ participant[p] \in {"aborted", "lost", "committed", "readOnly", "mixed"}
    /\ Prepare(p) \in messages
    /\ VoteOf(p, "no") \notin messages
    /\ Send({VoteOf(p, "no")})
    /\ UNCHANGED <<coordinatorVars, participantVars, crashes>>

\* Forced before the acknowledgement may leave.
ParticipantReceiveCommit(p) ==
    /\ participant[p] \in {"prepared", "heuristicCommitted"}
    /\ Commit(p) \in messages
    /\ participant' = [participant EXCEPT ![p] = "committed"]
    /\ disk' = [disk EXCEPT ![p] = "committed"]
    /\ work' = [work EXCEPT ![p] = FALSE]
    /\ acted' = [acted EXCEPT ![p] = "commit"]
    /\ UNCHANGED <<coordinatorVars, messages, crashes>>

\* Also from a participant that doesn't remember: it has nothing in doubt.
ParticipantAck(p) ==
    /\ participant[p] \in {"committed", "aborted", "lost", "readOnly", "mixed"}
    /\ Commit(p) \in messages
    /\ Ack(p) \notin messages
    /\ Send({Ack(p)})
    /\ UNCHANGED <<coordinatorVars, participantVars, crashes>>

\* Nothing is forced: after a crash the participant asks again.
ParticipantReceiveAbort(p) ==
    /\ participant[p] \in {"working", "prepared", "heuristicAborted"}
    /\ Abort(p) \in messages
    /\ participant' = [participant EXCEPT ![p] = "aborted"]
    /\ work' = [work EXCEPT ![p] = FALSE]
    /\ acted' = [acted EXCEPT ![p] = "abort"]
    /\ UNCHANGED <<coordinatorVars, disk, messages, crashes>>

ParticipantFlush(p) ==
    /\ participant[p] = "aborted"
    /\ disk[p] \in {"prepared", "heuristicAborted"}
    /\ disk' = [disk EXCEPT ![p] = "aborted"]
    /\ UNCHANGED <<coordinatorVars, participant, work, acted, messages, crashes>>

ParticipantInquire(p) ==
    /\ participant[p] \in {"prepared", "heuristicCommitted", "heuristicAborted"}
    /\ Inquiry(p) \notin messages
    /\ Send({Inquiry(p)})
    /\ UNCHANGED <<coordinatorVars, participantVars, crashes>>

ParticipantCommitOnePhase(p) ==
    /\ participant[p] = "working"
    /\ OnePhase(p) \in messages
    /\ participant' = [participant EXCEPT ![p] = "committed"]
    /\ disk' = [disk EXCEPT ![p] = "committed"]
    /\ work' = [work EXCEPT ![p] = FALSE]
    /\ acted' = [acted EXCEPT ![p] = "commit"]
    /\ Send({Ended(p, "committed")})
    /\ UNCHANGED <<coordinatorVars, crashes>>

\* It has nothing to commit or abort: whatever is decided is done.
ParticipantReadOnlyOnePhase(p) ==
    /\ MayBeReadOnly
    /\ participant[p] = "working"
    /\ OnePhase(p) \in messages
    /\ participant' = [participant EXCEPT ![p] = "readOnly"]
    /\ work' = [work EXCEPT ![p] = FALSE]
    /\ Send({Ended(p, "committed")})
    /\ UNCHANGED <<coordinatorVars, disk, acted, crashes>>

ParticipantRefuseOnePhase(p) ==
    /\ participant[p] = "working"
    /\ OnePhase(p) \in messages
    /\ participant' = [participant EXCEPT ![p] = "aborted"]
    /\ work' = [work EXCEPT ![p] = FALSE]
    /\ acted' = [acted EXCEPT ![p] = "abort"]
    /\ Send({Ended(p, "aborted")})
    /\ UNCHANGED <<coordinatorVars, disk, crashes>>

\* Work that it doesn't hold may have been committed and forgotten: it can't tell.
ParticipantUnknownOnePhase(p) ==
    /\ participant[p] \in {"committed", "aborted", "lost", "readOnly"}
    /\ OnePhase(p) \in messages
    /\ Ended(p, "unknown") \notin messages
    /\ Send({Ended(p, "unknown")})
    /\ UNCHANGED <<coordinatorVars, participantVars, crashes>>

ParticipantDecideAlone(p, s) ==
    /\ MayDecideAlone
    /\ participant[p] = "prepared"
    /\ participant' = [participant EXCEPT ![p] = s]
    /\ disk' = [disk EXCEPT ![p] = s]
    /\ work' = [work EXCEPT ![p] = FALSE]
    /\ UNCHANGED <<coordinatorVars, acted, messages, crashes>>

Contradicted(p) ==
    \/ participant[p] = "heuristicAborted" /\ Commit(p) \in messages
    \/ participant[p] = "heuristicCommitted" /\ Abort(p) \in messages

ParticipantReportDamage(p) ==
    /\ Contradicted(p)
    /\ Damage(p) \notin messages
    /\ Send({Damage(p)})
    /\ UNCHANGED <<coordinatorVars, participantVars, crashes>>

ParticipantReceiveForget(p) ==
    /\ participant[p] \in {"heuristicCommitted", "heuristicAborted"}
    /\ Forget(p) \in messages
    /\ participant' = [participant EXCEPT ![p] = "mixed"]
    /\ disk' = [disk EXCEPT ![p] = "mixed"]
    /\ UNCHANGED <<coordinatorVars, work, acted, messages, crashes>>

ParticipantCrash(p) ==
    /\ participant[p] # "down"
    /\ crashes < MaxCrashes
    /\ crashes' = crashes + 1
    /\ participant' = [participant EXCEPT ![p] = "down"]
    /\ work' = [work EXCEPT ![p] = disk[p] = "prepared"]
    /\ acted' = [acted EXCEPT ![p] = IF participant[p] = "working" THEN "abort" ELSE @]
    /\ UNCHANGED <<coordinatorVars, disk, messages>>

\* The record of a branch that has ended isn't read any more: how it ended is lost.
ParticipantRecover(p) ==
    /\ participant[p] = "down"
    /\ participant' = [participant EXCEPT ![p] =
            IF disk[p] \in {"prepared", "heuristicCommitted", "heuristicAborted"}
            THEN disk[p] ELSE "lost"]
    /\ UNCHANGED <<coordinatorVars, disk, work, acted, messages, crashes>>

------------------------------------------------------------------------------
(* Cooperative termination: while the coordinator is silent, participants   *)
(* in doubt ask each other. One that hasn't voted ends their doubt by a     *)
(* ParticipantRefuse, and answers then.                                     *)

ParticipantAskPeers(p) ==
    /\ MayAskPeers
    /\ participant[p] = "prepared"
    /\ PeerInquiry(p) \notin messages
    /\ Send({PeerInquiry(p)})
    /\ UNCHANGED <<coordinatorVars, participantVars, crashes>>

\* Only what it knows. One that is lost may have voted readOnly: a commit may exist.
ParticipantAnswerPeer(p, q) ==
    /\ p # q
    /\ PeerInquiry(q) \in messages
    /\ participant[p] \in {"committed", "aborted"}
    /\ Send({PeerAnswer(q, participant[p])})
    /\ messages' # messages
    /\ UNCHANGED <<coordinatorVars, participantVars, crashes>>

\* As durable as if the coordinator had told it.
ParticipantReceivePeerAnswer(p, e) ==
    /\ participant[p] = "prepared"
    /\ PeerAnswer(p, e) \in messages
    /\ participant' = [participant EXCEPT ![p] = e]
    /\ disk' = [disk EXCEPT ![p] = IF e = "committed" THEN e ELSE @]
    /\ work' = [work EXCEPT ![p] = FALSE]
    /\ acted' = [acted EXCEPT ![p] = IF e = "committed" THEN "commit" ELSE "abort"]
    /\ UNCHANGED <<coordinatorVars, messages, crashes>>

------------------------------------------------------------------------------
Next ==
    \/ \E i \in Incarnation :
        \/ CoordinatorSendPrepare(i)
        \/ CoordinatorDecideCommit(i)
        \/ CoordinatorRefused(i)
        \/ CoordinatorDecideReadOnly(i)
        \/ CoordinatorDecideAbort(i)
        \/ CoordinatorSendCommit(i)
        \/ CoordinatorForget(i)
        \/ CoordinatorSendOnePhase(i)
        \/ CoordinatorGiveUpOnePhase(i)
        \/ CoordinatorCrash(i)
        \/ CoordinatorRecover(i)
        \/ CoordinatorTakeOver(i)
    \/ \E i \in Incarnation, p \in Participant :
        \/ CoordinatorReceiveAck(i, p)
        \/ CoordinatorAnswer(i, p)
        \/ CoordinatorReceiveDamage(i, p)
        \/ CoordinatorSendForget(i, p)
    \/ \E i \in Incarnation, p \in Participant, v \in Vote : CoordinatorReceiveVote(i, p, v)
    \/ \E i \in Incarnation, p \in Participant, e \in Ending : CoordinatorReceiveEnded(i, p, e)
    \/ LogFlush
    \/ \E p \in Participant :
        \/ ParticipantRefuse(p)
        \/ ParticipantPrepare(p)
        \/ ParticipantVoteYes(p)
        \/ ParticipantVoteReadOnly(p)
        \/ ParticipantVoteNo(p)
        \/ ParticipantReceiveCommit(p)
        \/ ParticipantAck(p)
        \/ ParticipantReceiveAbort(p)
        \/ ParticipantFlush(p)
        \/ ParticipantInquire(p)
        \/ ParticipantCommitOnePhase(p)
        \/ ParticipantReadOnlyOnePhase(p)
        \/ ParticipantRefuseOnePhase(p)
        \/ ParticipantUnknownOnePhase(p)
        \/ ParticipantReportDamage(p)
        \/ ParticipantReceiveForget(p)
        \/ ParticipantCrash(p)
        \/ ParticipantRecover(p)
        \/ ParticipantAskPeers(p)
    \/ \E p, q \in Participant : ParticipantAnswerPeer(p, q)
    \/ \E p \in Participant, e \in Ending : ParticipantReceivePeerAnswer(p, e)
    \/ \E p \in Participant, s \in {"heuristicCommitted", "heuristicAborted"} :
        ParticipantDecideAlone(p, s)

Spec == Init /\ [][Next]_vars

------------------------------------------------------------------------------
(* The rules. Each has a broken model in spec/broken that TLC must refuse.  *)

Recorded == log.record # "none"

\* No two participants ever act on different decisions.
Agreement ==
    \A p, q \in Participant : ~ (acted[p] = "commit" /\ acted[q] = "abort")

\* A yes vote leaves only after the prepared record is durable.
VoteDurable ==
    \A p \in Participant : VoteOf(p, "yes") \in messages => disk[p] # "nothing"

\* After a yes vote a participant never decides alone.
NoRegret ==
    \A p \in Participant : VoteOf(p, "yes") \in messages =>
        /\ participant[p] = "committed" => {Commit(p), PeerAnswer(p, "committed")} \cap messages # {}
        /\ participant[p] = "aborted" => {Abort(p), PeerAnswer(p, "aborted")} \cap messages # {}

\* A commit leaves only after the commit record is durable.
DecisionDurable ==
    \A p \in Participant : Commit(p) \in messages => Recorded

\* No record means abort; nothing is forced for an abort.
PresumedAbort ==
    /\ \A i \in Incarnation : coordinator[i] = "committing" => Recorded
    /\ reply = "aborted" /\ Cardinality(Participant) > 1 => ~ Recorded

\* An inquiry about a live, undecided transaction gets no answer.
AnswerOnlyDecided ==
    coordinator[log.opened] \in {"working", "preparing", "onePhase"} =>
        \A p \in Participant : {Commit(p), Abort(p)} \cap messages = {}

\* A participant tells its peers what it knows to be decided, never the presumption.
PeersNeverPresume ==
    \A p \in Participant :
        /\ PeerAnswer(p, "committed") \in messages => Recorded
        /\ PeerAnswer(p, "aborted") \in messages => ~ Recorded

\* A commit record is forgotten only after every participant has durably committed and said so.
ForgetAfterAcks ==
    log.endPending \/ log.record = "end" =>
        \A p \in log.participants :
            disk[p] \in {"committed", "mixed"} /\ Ack(p) \in messages

\* A prepare, first or repeated, for work that the participant doesn't hold is answered no.
UnknownVotesNo ==
    \A p \in Participant : participant[p] = "prepared" => work[p]

\* What the last incarnation read in the log stays true: no earlier one has appended since.
Fenced ==
    log.opened > 1 /\ coordinator[log.opened] = "forgotten" =>
        log.record # "commit" \/ log.endPending

\* A contradicted decision of a participant alone is reported before anyone forgets it.
HeuristicReported ==
    /\ \A p \in Participant : participant[p] = "mixed" => p \in reported
    /\ log.endPending \/ log.record = "end" =>
        \A p \in log.participants :
            disk[p] \in {"heuristicAborted", "mixed", "aborted"} => p \in reported

\* The caller is never told something that isn't so, and "unknown" when nobody can say.
ReplyTrue ==
    /\ reply = "committed" => \A p \in Participant : acted[p] # "abort"
    /\ reply = "aborted" => \A p \in Participant : acted[p] # "commit"

------------------------------------------------------------------------------
(* Refinement: this protocol solves TransactionCommit.                      *)

BranchOf(p) ==
    IF acted[p] = "commit" THEN "committed"
    ELSE IF acted[p] = "abort" THEN "aborted"
    ELSE IF participant[p] = "working" THEN "working"
    ELSE "prepared"

TransactionCommit == INSTANCE TransactionCommit WITH
    branch <- [p \in Participant |-> BranchOf(p)]

SolvesTransactionCommit == TransactionCommit!Spec

------------------------------------------------------------------------------
(* Termination: if every crashed node comes back, every participant learns  *)
(* the decision and the log forgets. Each step but a crash, a takeover and *)
(* a participant's decision alone is fair; a refusal is its work timeout.    *)

CoordinatorFairness ==
    \A i \in Incarnation :
        /\ WF_vars(CoordinatorSendPrepare(i))
        /\ WF_vars(CoordinatorDecideCommit(i))
        /\ WF_vars(CoordinatorRefused(i))
        /\ WF_vars(CoordinatorDecideReadOnly(i))
        /\ WF_vars(CoordinatorDecideAbort(i))
        /\ WF_vars(CoordinatorSendCommit(i))
        /\ WF_vars(CoordinatorForget(i))
        /\ WF_vars(CoordinatorSendOnePhase(i))
        /\ WF_vars(CoordinatorGiveUpOnePhase(i))
        /\ WF_vars(CoordinatorRecover(i))
        /\ \A p \in Participant :
            /\ WF_vars(CoordinatorReceiveAck(i, p))
            /\ WF_vars(CoordinatorAnswer(i, p))
            /\ WF_vars(CoordinatorReceiveDamage(i, p))
            /\ WF_vars(CoordinatorSendForget(i, p))
            /\ \A v \in Vote : WF_vars(CoordinatorReceiveVote(i, p, v))
            /\ \A e \in Ending : WF_vars(CoordinatorReceiveEnded(i, p, e))

ParticipantFairness ==
    \A p \in Participant :
        /\ WF_vars(ParticipantRefuse(p))
        /\ WF_vars(ParticipantPrepare(p))
        /\ WF_vars(ParticipantVoteYes(p))
        /\ WF_vars(ParticipantVoteNo(p))
        /\ WF_vars(ParticipantReceiveCommit(p))
        /\ WF_vars(ParticipantAck(p))
        /\ WF_vars(ParticipantReceiveAbort(p))
        /\ WF_vars(ParticipantFlush(p))
        /\ WF_vars(ParticipantInquire(p))
        /\ WF_vars(ParticipantCommitOnePhase(p))
        /\ WF_vars(ParticipantUnknownOnePhase(p))
        /\ WF_vars(ParticipantReportDamage(p))
        /\ WF_vars(ParticipantReceiveForget(p))
        /\ WF_vars(ParticipantRecover(p))
        /\ WF_vars(ParticipantAskPeers(p))
        /\ \A q \in Participant : WF_vars(ParticipantAnswerPeer(p, q))
        /\ \A e \in Ending : WF_vars(ParticipantReceivePeerAnswer(p, e))

Fairness == CoordinatorFairness /\ ParticipantFairness /\ WF_vars(LogFlush)

FairSpec == Spec /\ Fairness

Settled ==
    /\ \A p \in Participant :
        participant[p] \in {"committed", "aborted", "lost", "readOnly", "mixed"}
    /\ ~ (log.record = "commit")
    /\ reply # "none"

\* If every crashed node comes back, every participant learns the decision.
Termination ==
    <>[]Settled

\* The coordinator may do nothing at all, for ever.
PeerSpec == Spec /\ ParticipantFairness

SomebodyKnows == \E p \in Participant : participant[p] \in {"committed", "aborted"}
NobodyDoubts == \A p \in Participant : participant[p] # "prepared"

\* If from some time on one participant knows the decision, no other stays in doubt.
PeersEndTheWait ==
    <>[]SomebodyKnows => <>[]NobodyDoubts
=============================================================================
