-------------------------- MODULE LogReadsEveryFile --------------------------
(****************************************************************************)
(* Every file that is left counts, not only the newest: a record that was   *)
(* refused, and presumed not to exist, comes back.                          *)
(****************************************************************************)
EXTENDS DecisionLog

BrokenOpenerRead(i) ==
    /\ phase[i] = "announced"
    /\ found' = [found EXCEPT ![i] = UNION {Content(j) : j \in {k \in Incarnation : file[k].durable # {} \/ cached[k]}}]
    /\ Enter(i, "read")
    /\ UNCHANGED <<flag, file, frame, cached, by, acked, served>>
==============================================================================
