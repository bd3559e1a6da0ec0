----------------------------- MODULE LogUnforced -----------------------------
(****************************************************************************)
(* An appender acknowledges a frame that is written and not forced: a       *)
(* machine that dies takes it along.                                        *)
(****************************************************************************)
EXTENDS DecisionLog

BrokenAppenderCheck(o) ==
    /\ phase[o] = "open"
    /\ frame[o] # {}
    /\ frame[o] \subseteq Content(o)
    /\ IF flag = number[o]
       THEN acked' = acked \cup frame[o] /\ phase' = phase
       ELSE acked' = acked /\ Enter(o, "refused")
    /\ frame' = [frame EXCEPT ![o] = {}]
    /\ UNCHANGED <<flag, number, found, file, cached, by, served>>
==============================================================================
