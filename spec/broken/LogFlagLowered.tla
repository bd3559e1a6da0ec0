---------------------------- MODULE LogFlagLowered ---------------------------
(****************************************************************************)
(* An announcement that was long on its way writes its own number over a    *)
(* higher one, and an appender is content with any flag that isn't above    *)
(* its number: it was overtaken, doesn't see it any more, and goes on.      *)
(****************************************************************************)
EXTENDS DecisionLog

BrokenOpenerAnnounce(o) ==
    /\ phase[o] = "claimed"
    /\ flag' = number[o]
    /\ Enter(o, "announced")
    /\ UNCHANGED <<number, found, file, frame, cached, by, acked, served>>

BrokenAppenderCheck(o) ==
    /\ phase[o] = "open"
    /\ frame[o] # {}
    /\ frame[o] \subseteq file[o].durable
    /\ IF flag <= number[o]
       THEN acked' = acked \cup frame[o] /\ phase' = phase
       ELSE acked' = acked /\ Enter(o, "refused")
    /\ frame' = [frame EXCEPT ![o] = {}]
    /\ UNCHANGED <<flag, number, found, file, cached, by, served>>
==============================================================================
