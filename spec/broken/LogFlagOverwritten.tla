-------------------------- MODULE LogFlagOverwritten -------------------------
(****************************************************************************)
(* An announcement that was long on its way writes its own number over a    *)
(* higher one: an incarnation that was overtaken meanwhile sees no later    *)
(* number any more, and goes on.                                            *)
(****************************************************************************)
EXTENDS DecisionLog

BrokenOpenerAnnounce(o) ==
    /\ phase[o] = "sure"
    /\ flag' = number[o]
    /\ Enter(o, "announced")
    /\ UNCHANGED <<number, found, file, frame, cached, by, acked, served>>
==============================================================================
