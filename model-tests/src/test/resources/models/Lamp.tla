-------------------------------- MODULE Lamp --------------------------------
(* Lamps that TLC judges in a moment: fixtures of the model runner's tests. *)
EXTENDS TLC

CONSTANTS Room, Attic, MayBreak

VARIABLE lamp

Init == lamp = [r \in Room |-> "off"]
NoRoomInit == Init /\ lamp # lamp

SwitchOn(r) == lamp[r] = "off" /\ lamp' = [lamp EXCEPT ![r] = "on"]
SwitchOff(r) == lamp[r] = "on" /\ lamp' = [lamp EXCEPT ![r] = "off"]
Break(r) ==
    /\ MayBreak
    /\ lamp[r] = "on"
    /\ lamp' = [lamp EXCEPT ![r] = "broken"]
Dust(r) == lamp' = [lamp EXCEPT ![r] = "off"]

Next ==
    \/ \E r \in Room :
        \/ SwitchOn(r)
        \/ SwitchOff(r)
        \/ Break(r)
    \/ \E r \in Attic : Dust(r)

Spec == Init /\ [][Next]_lamp
FairSpec == Spec /\ WF_lamp(Next)

Symmetry == Permutations(Room)

Types == lamp \in [Room -> {"off", "on", "broken"}]
Whole == \A r \in Room : lamp[r] # "broken"
Dark == \A r \in Room : lamp[r] = "off"
StaysOn == [][\A r \in Room : lamp[r] = "on" => lamp'[r] = "on"]_lamp
Rests == <>[](\A r \in Room : lamp[r] = "off")
Settles == <>[](\A r \in Room : lamp[r] \in {"off", "on"})

Switch == INSTANCE Switch
IsASwitch == Switch!Spec
=============================================================================
