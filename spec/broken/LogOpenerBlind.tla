---------------------------- MODULE LogOpenerBlind ---------------------------
(****************************************************************************)
(* An opener serves as soon as its snapshot is durable, without a look at   *)
(* the flag: a still later one has read the older file after it, and found  *)
(* a record that this one presumes not to exist.                            *)
(****************************************************************************)
EXTENDS DecisionLog

BrokenOpenerCheck(o) ==
    /\ phase[o] = "written"
    /\ Enter(o, "open")
    /\ served' = served \cup {o}
    /\ file' = [other \in Opener |->
                  IF number[other] < number[o] THEN [file[other] EXCEPT !.exists = FALSE] ELSE file[other]]
    /\ UNCHANGED <<flag, number, found, frame, cached, by, acked>>
==============================================================================
