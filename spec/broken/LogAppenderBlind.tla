--------------------------- MODULE LogAppenderBlind --------------------------
(****************************************************************************)
(* An appender acknowledges what it has forced without a look at the flag:  *)
(* a later incarnation has read the file before and knows nothing of it.    *)
(****************************************************************************)
EXTENDS DecisionLog

BrokenAppenderCheck(o) ==
    /\ phase[o] = "open"
    /\ frame[o] # {}
    /\ frame[o] \subseteq file[o].durable
    /\ acked' = acked \cup frame[o]
    /\ frame' = [frame EXCEPT ![o] = {}]
    /\ UNCHANGED <<flag, phase, number, found, file, cached, by, served>>
==============================================================================
