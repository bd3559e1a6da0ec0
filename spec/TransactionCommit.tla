-------------------------- MODULE TransactionCommit --------------------------
(****************************************************************************)
(* The problem that Avow solves, with no hint of how: participants that     *)
(* hold a part of one transaction each end committed, all of them, or       *)
(* aborted, all of them.                                                    *)
(*                                                                          *)
(* After Gray and Lamport, "Consensus on Transaction Commit" (2006),        *)
(* section 2, with one generalisation: the last participant that is still   *)
(* working may commit straight away when every other one is prepared or     *)
(* committed; its commit is its consent. One participant alone is the       *)
(* simplest case of it (one-phase commit).                                  *)
(****************************************************************************)
CONSTANT Participant

VARIABLE branch

Types == branch \in [Participant -> {"working", "prepared", "committed", "aborted"}]

Init == branch = [p \in Participant |-> "working"]

OthersWilling(p) ==
    \A q \in Participant \ {p} : branch[q] \in {"prepared", "committed"}

NobodyCommitted == \A p \in Participant : branch[p] # "committed"

Prepare(p) ==
    /\ branch[p] = "working"
    /\ branch' = [branch EXCEPT ![p] = "prepared"]

Commit(p) ==
    /\ branch[p] \in {"working", "prepared"}
    /\ OthersWilling(p)
    /\ branch' = [branch EXCEPT ![p] = "committed"]

Abort(p) ==
    /\ branch[p] \in {"working", "prepared"}
    /\ NobodyCommitted
    /\ branch' = [branch EXCEPT ![p] = "aborted"]

Next == \E p \in Participant : Prepare(p) \/ Commit(p) \/ Abort(p)

Spec == Init /\ [][Next]_branch

Agreement ==
    \A p, q \in Participant : ~ (branch[p] = "committed" /\ branch[q] = "aborted")
==============================================================================
