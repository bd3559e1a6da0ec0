-------------------------- MODULE LogReadsEveryFile --------------------------
(****************************************************************************)
(* Every file that is left counts, not only the newest: a record that was   *)
(* refused, and presumed not to exist, comes back.                          *)
(****************************************************************************)
EXTENDS DecisionLog

BrokenOpenerRead(o) ==
    /\ phase[o] = "announced"
    /\ IF \E other \in Files : number[other] > number[o]
       THEN Enter(o, "refused") /\ found' = found
       ELSE /\ Enter(o, "read")
            /\ found' = [found EXCEPT ![o] = UNION {Content(other) : other \in Opener}]
    /\ UNCHANGED <<flag, number, file, frame, cached, by, acked, served>>
==============================================================================
