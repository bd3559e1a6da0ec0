------------------------------- MODULE Switch -------------------------------
(* What Lamp refines as long as no lamp breaks. *)
CONSTANT Room
VARIABLE lamp

Turn == \E r \in Room : \E s \in {"off", "on"} : lamp' = [lamp EXCEPT ![r] = s]
Spec == lamp = [r \in Room |-> "off"] /\ [][Turn]_lamp
=============================================================================
