----------------------------- MODULE DecisionLog -----------------------------
(****************************************************************************)
(* What TwoPhaseCommit takes for granted in one step, "the record is        *)
(* appended durably, or the log refuses it", done with files: several       *)
(* incarnations that may live at once, no lock that anyone can rely on, and *)
(* a disk that keeps what was forced and any part of what wasn't.           *)
(*                                                                          *)
(* The fence is Dekker's: an opener raises its flag and then looks at the   *)
(* records; an appender forces its records and then looks at the flag. One  *)
(* of the two sees the other. Each incarnation's file begins with a         *)
(* snapshot of what its opener found, and only the newest file that has one *)
(* is ever read, so what a fenced incarnation writes late is read by nobody.*)
(*                                                                          *)
(* A frame is written and forced as a whole (its checksum makes a part of   *)
(* one no frame at all) and may hold several records: group commit.         *)
(****************************************************************************)
EXTENDS Naturals, FiniteSets, TLC

CONSTANTS Record, MaxIncarnation

VARIABLES
    flag,      \* the highest incarnation that has announced itself, durably
    phase,     \* [Incarnation -> how far it is]
    found,     \* [Incarnation -> what it has read, kept in its memory]
    file,      \* [Incarnation -> its file: does it exist, with a whole snapshot; what is durable in it]
    frame,     \* [Incarnation -> the records of the frame on its way, {} if none]
    cached,    \* [Incarnation -> is that frame in the file, though not forced?]
    by,        \* [Record -> who began to append it, 0 before]
    acked,     \* records whose append has returned
    served     \* history: who has ever been open, and may have told others what it found

vars == <<flag, phase, found, file, frame, cached, by, acked, served>>

Incarnation == 1 .. MaxIncarnation

Phase ==
    {"closed",    \* not begun, or dead
     "announced", \* its number is durable
     "read",      \* has read the newest file
     "written",   \* its own file has a durable snapshot
     "open",      \* has seen no later number: appends, and tells others what it found
     "refused"}   \* has seen a later number: appends nothing more

Types ==
    /\ flag \in 0 .. MaxIncarnation
    /\ phase \in [Incarnation -> Phase]
    /\ found \in [Incarnation -> SUBSET Record]
    /\ file \in [Incarnation -> [exists : BOOLEAN, durable : SUBSET Record]]
    /\ frame \in [Incarnation -> SUBSET Record]
    /\ cached \in [Incarnation -> BOOLEAN]
    /\ by \in [Record -> 0 .. MaxIncarnation]
    /\ acked \in SUBSET Record
    /\ served \in SUBSET Incarnation

Symmetry == Permutations(Record)

NoFile == [exists |-> FALSE, durable |-> {}]

Init ==
    /\ flag = 0
    /\ phase = [i \in Incarnation |-> "closed"]
    /\ found = [i \in Incarnation |-> {}]
    /\ file = [i \in Incarnation |-> NoFile]
    /\ frame = [i \in Incarnation |-> {}]
    /\ cached = [i \in Incarnation |-> FALSE]
    /\ by = [r \in Record |-> 0]
    /\ acked = {}
    /\ served = {}

Enter(i, p) == phase' = [phase EXCEPT ![i] = p]

\* What a reader sees in a file: also what its owner has written and not forced yet.
Content(i) == file[i].durable \cup IF cached[i] THEN frame[i] ELSE {}

Newest(i) == {j \in Incarnation : file[j].exists /\ \A k \in Incarnation : file[k].exists => k <= j}

OpenerAnnounce(i) ==
    /\ i = flag + 1
    /\ flag' = i
    /\ Enter(i, "announced")
    /\ UNCHANGED <<found, file, frame, cached, by, acked, served>>

OpenerRead(i) ==
    /\ phase[i] = "announced"
    /\ found' = [found EXCEPT ![i] = UNION {Content(j) : j \in Newest(i)}]
    /\ Enter(i, "read")
    /\ UNCHANGED <<flag, file, frame, cached, by, acked, served>>

OpenerSnapshot(i) ==
    /\ phase[i] = "read"
    /\ file' = [file EXCEPT ![i] = [exists |-> TRUE, durable |-> found[i]]]
    /\ Enter(i, "written")
    /\ UNCHANGED <<flag, found, frame, cached, by, acked, served>>

\* Deletes the older files, when it is sure that nobody is about to read them.
OpenerCheck(i) ==
    /\ phase[i] = "written"
    /\ IF flag = i
       THEN /\ Enter(i, "open")
            /\ served' = served \cup {i}
            /\ file' = [j \in Incarnation |-> IF j < i THEN NoFile ELSE file[j]]
       ELSE /\ Enter(i, "refused")
            /\ UNCHANGED <<file, served>>
    /\ UNCHANGED <<flag, found, frame, cached, by, acked>>

\* Followers join while no frame is on its way: the leader takes them all.
AppenderBegin(i, records) ==
    /\ phase[i] = "open"
    /\ frame[i] = {}
    /\ records # {}
    /\ \A r \in records : by[r] = 0
    /\ frame' = [frame EXCEPT ![i] = records]
    /\ by' = [r \in Record |-> IF r \in records THEN i ELSE by[r]]
    /\ UNCHANGED <<flag, phase, found, file, cached, acked, served>>

AppenderWrite(i) ==
    /\ phase[i] = "open"
    /\ frame[i] # {}
    /\ ~ cached[i]
    /\ ~ frame[i] \subseteq file[i].durable
    /\ cached' = [cached EXCEPT ![i] = TRUE]
    /\ UNCHANGED <<flag, phase, found, file, frame, by, acked, served>>

\* Into a file that a later incarnation has deleted, it is forced to no avail.
AppenderForce(i) ==
    /\ phase[i] = "open"
    /\ cached[i]
    /\ cached' = [cached EXCEPT ![i] = FALSE]
    /\ file' = [file EXCEPT ![i].durable = @ \cup frame[i]]
    /\ UNCHANGED <<flag, phase, found, frame, by, acked, served>>

AppenderCheck(i) ==
    /\ phase[i] = "open"
    /\ frame[i] # {}
    /\ frame[i] \subseteq file[i].durable
    /\ IF flag = i
       THEN acked' = acked \cup frame[i] /\ phase' = phase
       ELSE acked' = acked /\ Enter(i, "refused")
    /\ frame' = [frame EXCEPT ![i] = {}]
    /\ UNCHANGED <<flag, found, file, cached, by, served>>

\* One process dies; what it has written stays with the operating system.
ProcessCrash(i) ==
    /\ phase[i] \notin {"closed", "refused"}
    /\ Enter(i, "closed")
    /\ UNCHANGED <<flag, found, file, frame, cached, by, acked, served>>

\* The machine dies: every process, and each frame that wasn't forced is lost or not.
MachineCrash(lost) ==
    /\ \E i \in Incarnation : phase[i] # "closed"
    /\ phase' = [i \in Incarnation |-> "closed"]
    /\ file' = [i \in Incarnation |->
                  IF cached[i] /\ i \notin lost THEN [file[i] EXCEPT !.durable = @ \cup frame[i]] ELSE file[i]]
    /\ frame' = [i \in Incarnation |-> {}]
    /\ cached' = [i \in Incarnation |-> FALSE]
    /\ UNCHANGED <<flag, found, by, acked, served>>

Next ==
    \/ \E i \in Incarnation :
        \/ OpenerAnnounce(i)
        \/ OpenerRead(i)
        \/ OpenerSnapshot(i)
        \/ OpenerCheck(i)
        \/ AppenderWrite(i)
        \/ AppenderForce(i)
        \/ AppenderCheck(i)
        \/ ProcessCrash(i)
    \/ \E i \in Incarnation, records \in SUBSET Record : AppenderBegin(i, records)
    \/ \E lost \in SUBSET Incarnation : MachineCrash(lost)

Spec == Init /\ [][Next]_vars

------------------------------------------------------------------------------
Earlier(i) == {r \in Record : by[r] \in 1 .. i - 1}

\* What was acknowledged is known to every incarnation that opens afterwards, through any crash.
AcknowledgedSurvives ==
    \A i \in Incarnation : phase[i] = "open" =>
        \A r \in acked \cap Earlier(i) : r \in found[i]

\* What an opened incarnation didn't find, no later one finds: its presumption stays true. (Fenced)
PresumptionStands ==
    \A i, k \in Incarnation :
        i < k /\ i \in served /\ k \in served => found[k] \cap Earlier(i) \subseteq found[i]
==============================================================================
