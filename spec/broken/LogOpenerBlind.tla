---------------------------- MODULE LogOpenerBlind ---------------------------
(****************************************************************************)
(* An opener serves as soon as its snapshot is durable, without a look at   *)
(* the flag: a still later one has read the older file after it, and found  *)
(* a record that this one presumes not to exist.                            *)
(****************************************************************************)
EXTENDS DecisionLog

BrokenOpenerCheck(i) ==
    /\ phase[i] = "written"
    /\ Enter(i, "open")
    /\ served' = served \cup {i}
    /\ file' = [j \in Incarnation |-> IF j < i THEN NoFile ELSE file[j]]
    /\ UNCHANGED <<flag, found, frame, cached, by, acked>>
==============================================================================
