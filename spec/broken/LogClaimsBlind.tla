---------------------------- MODULE LogClaimsBlind ---------------------------
(****************************************************************************)
(* An opener takes for its own whatever number it could claim: one that had *)
(* looked long ago claims a number that another serves under, whose file of *)
(* that name is gone since it turned over. Both go on.                      *)
(****************************************************************************)
EXTENDS DecisionLog

BrokenOpenerConfirm(o) ==
    /\ phase[o] = "claimed"
    /\ Enter(o, "sure")
    /\ UNCHANGED <<flag, number, found, file, frame, cached, by, acked, served>>
==============================================================================
