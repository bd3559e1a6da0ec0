----------------------------- MODULE DecisionLog -----------------------------
(****************************************************************************)
(* What TwoPhaseCommit takes for granted in one step, "the record is        *)
(* appended durably, or the log refuses it", done with files: several       *)
(* openers that may live at once, no lock that anyone can rely on, and a    *)
(* disk that keeps what was forced and any part of what wasn't.             *)
(*                                                                          *)
(* An opener looks for the highest number so far, claims the next one by    *)
(* creating a file of that name, and becomes that incarnation. Between any  *)
(* two of its steps others may do all of theirs: what it has looked at may  *)
(* be long out of date, and the number that it claims may have been         *)
(* another's, whose file of that name was deleted meanwhile, by a later     *)
(* incarnation or by its owner, who had turned over to its next file. But   *)
(* by then the flag stood at that number: so it looks at the flag, too.     *)
(*                                                                          *)
(* The fence is Dekker's: an opener raises the flag and then looks at the   *)
(* records; an appender forces its records and then looks at the flag. One  *)
(* of the two sees the other. The flag only ever rises. Each incarnation's  *)
(* file begins with a snapshot of what its opener found, and only the       *)
(* newest file that has one is ever read, so what a fenced incarnation      *)
(* writes late is read by nobody.                                           *)
(*                                                                          *)
(* A frame is written and forced as a whole (its checksum makes a part of   *)
(* one no frame at all) and may hold several records: group commit.         *)
(****************************************************************************)
EXTENDS Naturals, FiniteSets, TLC

CONSTANTS Record, Opener, Nobody

VARIABLES
    flag,      \* the highest incarnation that has announced itself, durably
    phase,     \* [Opener -> how far it is]
    number,    \* [Opener -> the highest incarnation that it has seen, and then its own]
    found,     \* [Opener -> what it has read, kept in its memory]
    file,      \* [Opener -> its file: is it in the directory, with its first name, with a whole snapshot; what is durable]
    frame,     \* [Opener -> the records of the frame on its way, {} if none]
    cached,    \* [Opener -> is that frame in the file, though not forced?]
    by,        \* [Record -> who began to append it, or Nobody]
    acked,     \* records whose append has returned
    served     \* history: who has ever been open, and may have told others what it found

vars == <<flag, phase, number, found, file, frame, cached, by, acked, served>>

Number == 0 .. Cardinality(Opener)

Phase ==
    {"idle",      \* not begun
     "looked",    \* has seen how high the numbers are
     "claimed",   \* has created its file, which is empty, and nobody has had its number
     "announced", \* its number is durable
     "read",      \* has read the newest file
     "written",   \* its own file has a durable snapshot
     "open",      \* has seen no later number: appends, and tells others what it found
     "refused",   \* has seen a later number: appends nothing more
     "dead"}

Types ==
    /\ flag \in Number
    /\ phase \in [Opener -> Phase]
    /\ number \in [Opener -> Number]
    /\ found \in [Opener -> SUBSET Record]
    /\ file \in [Opener -> [exists : BOOLEAN, named : BOOLEAN, whole : BOOLEAN, durable : SUBSET Record]]
    /\ frame \in [Opener -> SUBSET Record]
    /\ cached \in [Opener -> BOOLEAN]
    /\ by \in [Record -> Opener \cup {Nobody}]
    /\ acked \in SUBSET Record
    /\ served \in SUBSET Opener

Symmetry == Permutations(Opener)

NoFile == [exists |-> FALSE, named |-> FALSE, whole |-> FALSE, durable |-> {}]

Init ==
    /\ flag = 0
    /\ phase = [o \in Opener |-> "idle"]
    /\ number = [o \in Opener |-> 0]
    /\ found = [o \in Opener |-> {}]
    /\ file = [o \in Opener |-> NoFile]
    /\ frame = [o \in Opener |-> {}]
    /\ cached = [o \in Opener |-> FALSE]
    /\ by = [r \in Record |-> Nobody]
    /\ acked = {}
    /\ served = {}

Enter(o, p) == phase' = [phase EXCEPT ![o] = p]

\* What a reader sees in a file: also what its owner has written and not forced yet.
Content(o) == file[o].durable \cup IF cached[o] THEN frame[o] ELSE {}

Files == {o \in Opener : file[o].exists}

Whole == {o \in Files : file[o].whole}

Newest == {o \in Whole : \A other \in Whole : number[other] <= number[o]}

Higher(a, b) == IF a < b THEN b ELSE a

OpenerLook(o) ==
    /\ phase[o] = "idle"
    /\ number' = [number EXCEPT ![o] =
                    CHOOSE n \in Number :
                        /\ n \in {flag} \cup {number[other] : other \in Files}
                        /\ n >= flag
                        /\ \A other \in Files : n >= number[other]]
    /\ Enter(o, "looked")
    /\ UNCHANGED <<flag, found, file, frame, cached, by, acked, served>>

\* Creating a file fails if it exists: then the next number is tried; and so it is if a look at the flag after the
\* creation shows that another has had the number. Between the two, others see its file as they do here.
OpenerClaim(o) ==
    /\ phase[o] = "looked"
    /\ LET free == {n \in Number :
                      /\ n > number[o]
                      /\ n > flag
                      /\ \A other \in Files : file[other].named => number[other] # n}
       IN number' = [number EXCEPT ![o] = CHOOSE n \in free : \A other \in free : n <= other]
    /\ file' = [file EXCEPT ![o].exists = TRUE, ![o].named = TRUE]
    /\ Enter(o, "claimed")
    /\ UNCHANGED <<flag, found, frame, cached, by, acked, served>>

\* However late it comes, a lower number lowers nothing.
OpenerAnnounce(o) ==
    /\ phase[o] = "claimed"
    /\ flag' = Higher(flag, number[o])
    /\ Enter(o, "announced")
    /\ UNCHANGED <<number, found, file, frame, cached, by, acked, served>>

\* Withdraws at the sight of a higher number, be that file empty or not.
OpenerRead(o) ==
    /\ phase[o] = "announced"
    /\ IF \E other \in Files : number[other] > number[o]
       THEN Enter(o, "refused") /\ found' = found
       ELSE Enter(o, "read") /\ found' = [found EXCEPT ![o] = UNION {Content(other) : other \in Newest}]
    /\ UNCHANGED <<flag, number, file, frame, cached, by, acked, served>>

OpenerSnapshot(o) ==
    /\ phase[o] = "read"
    /\ file' = [file EXCEPT ![o].whole = TRUE, ![o].durable = found[o]]
    /\ Enter(o, "written")
    /\ UNCHANGED <<flag, number, found, frame, cached, by, acked, served>>

\* Deletes the older files, when it is sure that nobody is about to read them.
OpenerCheck(o) ==
    /\ phase[o] = "written"
    /\ IF flag = number[o]
       THEN /\ Enter(o, "open")
            /\ served' = served \cup {o}
            /\ file' = [other \in Opener |->
                          IF number[other] < number[o] THEN [file[other] EXCEPT !.exists = FALSE] ELSE file[other]]
       ELSE /\ Enter(o, "refused")
            /\ UNCHANGED <<file, served>>
    /\ UNCHANGED <<flag, number, found, frame, cached, by, acked>>

\* The records go on in a next file, whose snapshot says the same: the name of the first one is free again.
AppenderTurnOver(o) ==
    /\ phase[o] = "open"
    /\ frame[o] = {}
    /\ file[o].named
    /\ IF flag = number[o]
       THEN phase' = phase /\ file' = [file EXCEPT ![o].named = FALSE]
       ELSE Enter(o, "refused") /\ file' = file
    /\ UNCHANGED <<flag, number, found, frame, cached, by, acked, served>>

\* Followers join while no frame is on its way: the leader takes them all.
AppenderBegin(o, records) ==
    /\ phase[o] = "open"
    /\ frame[o] = {}
    /\ records # {}
    /\ \A r \in records : by[r] = Nobody
    /\ frame' = [frame EXCEPT ![o] = records]
    /\ by' = [r \in Record |-> IF r \in records THEN o ELSE by[r]]
    /\ UNCHANGED <<flag, phase, number, found, file, cached, acked, served>>

AppenderWrite(o) ==
    /\ phase[o] = "open"
    /\ frame[o] # {}
    /\ ~ cached[o]
    /\ ~ frame[o] \subseteq file[o].durable
    /\ cached' = [cached EXCEPT ![o] = TRUE]
    /\ UNCHANGED <<flag, phase, number, found, file, frame, by, acked, served>>

\* Into a file that a later incarnation has deleted, it is forced to no avail.
AppenderForce(o) ==
    /\ phase[o] = "open"
    /\ cached[o]
    /\ cached' = [cached EXCEPT ![o] = FALSE]
    /\ file' = [file EXCEPT ![o].durable = @ \cup frame[o]]
    /\ UNCHANGED <<flag, phase, number, found, frame, by, acked, served>>

AppenderCheck(o) ==
    /\ phase[o] = "open"
    /\ frame[o] # {}
    /\ frame[o] \subseteq file[o].durable
    /\ IF flag = number[o]
       THEN acked' = acked \cup frame[o] /\ phase' = phase
       ELSE acked' = acked /\ Enter(o, "refused")
    /\ frame' = [frame EXCEPT ![o] = {}]
    /\ UNCHANGED <<flag, number, found, file, cached, by, served>>

\* One process dies; what it has written stays with the operating system.
ProcessCrash(o) ==
    /\ phase[o] \notin {"idle", "refused", "dead"}
    /\ Enter(o, "dead")
    /\ UNCHANGED <<flag, number, found, file, frame, cached, by, acked, served>>

\* The machine dies: every process, and each frame and each file's name that wasn't forced is lost or not.
MachineCrash(lost) ==
    /\ \E o \in Opener : phase[o] \notin {"idle", "dead"}
    /\ phase' = [o \in Opener |-> IF phase[o] = "idle" THEN "idle" ELSE "dead"]
    /\ file' = [o \in Opener |->
                  [exists |-> file[o].exists /\ (file[o].whole \/ o \notin lost),
                   named |-> file[o].named,
                   whole |-> file[o].whole,
                   durable |-> IF o \in lost THEN file[o].durable ELSE Content(o)]]
    /\ frame' = [o \in Opener |-> {}]
    /\ cached' = [o \in Opener |-> FALSE]
    /\ UNCHANGED <<flag, number, found, by, acked, served>>

Next ==
    \/ \E o \in Opener :
        \/ OpenerLook(o)
        \/ OpenerClaim(o)
        \/ OpenerAnnounce(o)
        \/ OpenerRead(o)
        \/ OpenerSnapshot(o)
        \/ OpenerCheck(o)
        \/ AppenderTurnOver(o)
        \/ AppenderWrite(o)
        \/ AppenderForce(o)
        \/ AppenderCheck(o)
        \/ ProcessCrash(o)
    \/ \E o \in Opener, records \in SUBSET Record : AppenderBegin(o, records)
    \/ \E lost \in SUBSET Opener : MachineCrash(lost)

Spec == Init /\ [][Next]_vars

------------------------------------------------------------------------------
Earlier(o) == {r \in Record : by[r] # Nobody /\ number[by[r]] < number[o]}

\* What was acknowledged is known to every incarnation that opens afterwards, through any crash.
AcknowledgedSurvives ==
    \A o \in Opener : phase[o] = "open" => acked \cap Earlier(o) \subseteq found[o]

\* What an opened incarnation didn't find, no later one finds: its presumption stays true. (Fenced)
PresumptionStands ==
    \A o, p \in served : number[o] < number[p] => found[p] \cap Earlier(o) \subseteq found[o]

\* No two incarnations share a number, which is a part of every name that they give.
NumbersAreUnique ==
    \A o, p \in served : number[o] = number[p] => o = p
==============================================================================
