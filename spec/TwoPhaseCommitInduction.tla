----------------------- MODULE TwoPhaseCommitInduction -----------------------
(****************************************************************************)
(* An inductive invariant of TwoPhaseCommit for two participants and two    *)
(* incarnations that may live at the same time, without readOnly votes,     *)
(* heuristic outcomes and questions to peers. TLC starts in every state of  *)
(* the right types that satisfies Inductive, reachable or not, and takes    *)
(* one step from each: the invariant holds after it, and implies every      *)
(* rule. So the rules hold in behaviours of any length, whatever bound the  *)
(* other models put on them.                                                *)
(*                                                                          *)
(* What concerns one participant stands in Local; the states are put        *)
(* together from the global part and one local part for each participant,   *)
(* filtered one by one, since their product is far too large to walk.       *)
(****************************************************************************)
EXTENDS TwoPhaseCommit

ASSUME Cardinality(Participant) = 2 /\ MaxCrashes = 1
ASSUME ~ MayBeReadOnly /\ ~ MayDecideAlone /\ ~ MayAskPeers

------------------------------------------------------------------------------
(* The parts *)

GlobalTypes ==
    [first : CoordinatorState, second : CoordinatorState, opened : Incarnation,
     record : {"none", "commit", "end"}, endPending : BOOLEAN, reply : Ending \cup {"none"}]

Kind == {"prepare", "yes", "no", "commit", "abort", "ack", "inquiry"}

LocalTypes ==
    [participant : ParticipantState \ {"readOnly", "heuristicCommitted", "heuristicAborted", "mixed"},
     disk : {"nothing", "prepared", "committed", "aborted"},
     work : BOOLEAN, acted : {"nothing", "commit", "abort"},
     vote : {"none", "yes", "no"}, acks : SUBSET Incarnation, sent : SUBSET Kind]

Global ==
    [first |-> coordinator[1], second |-> coordinator[2], opened |-> log.opened,
     record |-> log.record, endPending |-> log.endPending, reply |-> reply]

SentBy(p) ==
    {k \in Kind :
        \/ k \in {"yes", "no"} /\ VoteOf(p, k) \in messages
        \/ k \notin {"yes", "no"} /\ [type |-> k, participant |-> p] \in messages}

LocalOf(p) ==
    [participant |-> participant[p], disk |-> disk[p], work |-> work[p], acted |-> acted[p],
     vote |-> votes[p], acks |-> {i \in Incarnation : p \in acks[i]}, sent |-> SentBy(p)]

------------------------------------------------------------------------------
(* The invariant *)

GlobalInvariant(g) ==
    /\ g.first # "onePhase"
    /\ g.second \in {"down", "committing", "forgotten"}
    /\ g.opened = 1 => g.second = "down"
    /\ g.first \in {"working", "preparing", "aborted"} => g.record = "none"
    /\ g.first \in {"working", "preparing"} => (g.reply = "none" \/ (g.opened = 2 /\ g.reply = "unknown"))
    /\ g.first \in {"committing", "forgotten"} => g.record # "none"
    /\ g.first = "committing" /\ g.opened = 1 => g.record = "commit" /\ ~ g.endPending
    /\ g.first = "forgotten" /\ g.opened = 1 => g.endPending \/ g.record = "end"
    /\ g.second = "committing" => g.record = "commit" /\ ~ g.endPending
    /\ g.second = "forgotten" => g.record # "commit" \/ g.endPending
    /\ g.endPending => g.record = "commit"
                       /\ (IF g.opened = 1 THEN g.first ELSE g.second) = "forgotten"
    /\ g.record # "none" => g.reply = "committed"
    /\ g.reply = "committed" => g.record # "none"
    /\ g.reply = "none" => g.first \in {"working", "preparing"}

\* What is true of one participant alone.
StaticInvariant(b) ==
    /\ b.participant = "working" =>
        b.disk = "nothing" /\ b.work /\ b.acted = "nothing"
    /\ b.participant = "prepared" => b.disk = "prepared" /\ b.work
    /\ b.participant = "committed" => b.disk = "committed" /\ ~ b.work
    /\ b.participant = "aborted" => b.disk # "committed" /\ ~ b.work /\ b.acted = "abort"
    /\ b.participant = "lost" => b.disk # "prepared" /\ ~ b.work
                                 /\ b.acted = IF b.disk = "committed" THEN "commit" ELSE "abort"
    /\ b.participant = "down" => b.work = (b.disk = "prepared")
                                 /\ (b.disk = "nothing" => b.acted = "abort")
    /\ b.disk = "nothing" => {"yes", "commit", "ack", "inquiry"} \cap b.sent = {}
    /\ b.disk # "nothing" => "prepare" \in b.sent
    /\ b.disk = "committed" <=> b.acted = "commit"
    /\ b.disk = "committed" => {"yes", "commit"} \subseteq b.sent
    /\ b.disk = "aborted" => b.acted = "abort"
    /\ b.acted = "abort" /\ b.disk # "nothing" => "abort" \in b.sent
    /\ {"yes", "no"} \cap b.sent # {} => "prepare" \in b.sent
    /\ "no" \in b.sent => b.acted # "nothing"
    /\ "ack" \in b.sent => b.disk = "committed"
    /\ b.vote \in {"none"} \cup b.sent
    /\ b.acks # {} => "ack" \in b.sent

\* What ties one participant to the coordinator and the log.
BoundInvariant(g, b) ==
    /\ g.first = "working" => b.sent \subseteq {"abort"}
    /\ g.first = "preparing" => "prepare" \in b.sent
    /\ b.vote # "none" => g.first = "preparing"
    /\ 1 \in b.acks => g.first = "committing"
    /\ 2 \in b.acks => g.second = "committing"
    /\ "commit" \in b.sent => g.record # "none"
    /\ "abort" \in b.sent /\ g.opened = 1 => g.first \notin {"working", "preparing", "committing"}
                                             \/ (g.first = "committing" /\ "ack" \in b.sent)
    /\ g.record # "none" => /\ "yes" \in b.sent
                            /\ b.disk \in {"prepared", "committed"}
                            /\ "abort" \in b.sent => "ack" \in b.sent
    /\ g.record = "end" \/ g.endPending
       \/ ("forgotten" \in {g.first, g.second} /\ g.record # "none") => "ack" \in b.sent

Inductive ==
    \* Bound by a quantifier, so that TLC evaluates each part once.
    /\ \A g \in {Global} :
        /\ GlobalInvariant(g)
        /\ \A p \in Participant : \A b \in {LocalOf(p)} :
            StaticInvariant(b) /\ BoundInvariant(g, b)
    /\ log.participants = IF log.record = "none" THEN {} ELSE Participant
    /\ reported = {}
    /\ messages \subseteq
        {m \in Message : m.type \notin {"onePhase", "ended", "damage", "forget", "peerInquiry", "peerAnswer"}
                         /\ (m.type = "vote" => m.vote # "readOnly")}

------------------------------------------------------------------------------
(* Every state of the right types that satisfies Inductive *)

\* A filtered set is walked anew at each use; a mapped one is built once.
Built(set) == {element : element \in set}

Globals == Built({g \in GlobalTypes : GlobalInvariant(g)})
StaticLocals == Built({b \in LocalTypes : StaticInvariant(b)})
LocalsOf(g) == Built({b \in StaticLocals : BoundInvariant(g, b)})

MessageOf(p, k) ==
    IF k \in {"yes", "no"} THEN VoteOf(p, k) ELSE [type |-> k, participant |-> p]

Assemble(g, part) ==
    /\ coordinator = <<g.first, g.second>>
    /\ votes = [p \in Participant |-> part[p].vote]
    /\ acks = [i \in Incarnation |-> {p \in Participant : i \in part[p].acks}]
    /\ log = [record |-> g.record, endPending |-> g.endPending, opened |-> g.opened,
              participants |-> IF g.record = "none" THEN {} ELSE Participant]
    /\ reported = {}
    /\ reply = g.reply
    /\ participant = [p \in Participant |-> part[p].participant]
    /\ disk = [p \in Participant |-> part[p].disk]
    /\ work = [p \in Participant |-> part[p].work]
    /\ acted = [p \in Participant |-> part[p].acted]
    /\ messages = UNION {{MessageOf(p, k) : k \in part[p].sent} : p \in Participant}

InductiveInit ==
    /\ crashes = 0
    /\ \E g \in Globals :
        \E locals \in {LocalsOf(g)} :
            \E part \in [Participant -> locals] : Assemble(g, part)

\* The step out of an initial state is all that there is to check. (Every step is enabled
\* in it: no crash has been spent.)
OneStep == TLCGet("level") < 2

InductiveSpec == InductiveInit /\ [][Next]_vars
==============================================================================
