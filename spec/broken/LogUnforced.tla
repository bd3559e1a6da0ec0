----------------------------- MODULE LogUnforced -----------------------------
(****************************************************************************)
(* An appender acknowledges a frame that is written and not forced: a       *)
(* machine that dies takes it along.                                        *)
(****************************************************************************)
EXTENDS DecisionLog

BrokenAppenderCheck(i) ==
    /\ phase[i] = "open"
    /\ frame[i] # {}
    /\ frame[i] \subseteq Content(i)
    /\ IF flag = i
       THEN acked' = acked \cup frame[i] /\ phase' = phase
       ELSE acked' = acked /\ Enter(i, "refused")
    /\ frame' = [frame EXCEPT ![i] = {}]
    /\ UNCHANGED <<flag, found, file, cached, by, served>>
==============================================================================
