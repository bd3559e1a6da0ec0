--------------------------- MODULE LogAppenderBlind --------------------------
(****************************************************************************)
(* An appender acknowledges what it has forced without a look at the flag:  *)
(* a later incarnation has read the file before and knows nothing of it.    *)
(****************************************************************************)
EXTENDS DecisionLog

BrokenAppenderCheck(i) ==
    /\ phase[i] = "open"
    /\ frame[i] # {}
    /\ frame[i] \subseteq file[i].durable
    /\ acked' = acked \cup frame[i]
    /\ frame' = [frame EXCEPT ![i] = {}]
    /\ UNCHANGED <<flag, phase, found, file, cached, by, served>>
==============================================================================
