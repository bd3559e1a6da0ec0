------------------------------ MODULE Flicker -------------------------------
(* Stands in a folder below the module that it extends, as the broken models do. *)
EXTENDS Lamp

FlickerInit == lamp = [r \in Room |-> "on"]
Flicker == FlickerInit /\ [][Next]_lamp
=============================================================================
