------------------------------ MODULE Endless -------------------------------
(* Never ends: the deadline has to. *)
EXTENDS Naturals
VARIABLE count

Init == count = 0
Next == count' = count + 1
Natural == count >= 0
=============================================================================
