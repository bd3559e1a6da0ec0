---------------------------- MODULE LogClaimsBlind ---------------------------
(****************************************************************************)
(* An opener takes for its own whatever number it could claim: one that had *)
(* looked long ago claims a number that another serves under, whose file of *)
(* that name is gone since it turned over. Both go on.                      *)
(****************************************************************************)
EXTENDS DecisionLog

BrokenOpenerClaim(o) ==
    /\ phase[o] = "looked"
    /\ LET free == {n \in Number : n > number[o] /\ \A other \in Files : file[other].named => number[other] # n}
       IN number' = [number EXCEPT ![o] = CHOOSE n \in free : \A other \in free : n <= other]
    /\ file' = [file EXCEPT ![o].exists = TRUE, ![o].named = TRUE]
    /\ Enter(o, "claimed")
    /\ UNCHANGED <<flag, found, frame, cached, by, acked, served>>
==============================================================================
