---------------------------- MODULE Vocabulary ----------------------------
(* A module for reading as text; (* comments nest *) Ghost == "comment" *)
EXTENDS Naturals, Lamp

CONSTANTS Participant, Quiet

Vote == {"yes", "readOnly", "no"}
DoorStates ==
    {"open",   \* wide, says {"nobody"}
     "shut"}
Mixed == {"yes"} \cup Vote
Prepare(p) == [type |-> "prepare", participant |-> p]

Send(p) == lamp' = lamp \cup {p}
Receive(p, v) ==
    /\ v = "yes"
    /\ Send(p)
Flush == \/ lamp = 1 /\ lamp' = 2
         \/ lamp = 2 /\ lamp' = 3
Crash(p) == \E n \in 1 .. 2 : lamp' = n
Coordinator(p) ==
    \/ Receive(p, "yes")
    \/ \E v \in Vote :
        (\/ Receive(p, v) \/ Send(p))

Next ==
    \/ \E p \in Participant : \/ Coordinator(p)
                              \/ Crash(p)
    \/ \E p \in Participant, v \in Vote : Receive(p, v)
    \/ Flush
    \* \/ Commented(p)

Spec == lamp = {} /\ [][Next]_lamp
===========================================================================
