package dev.avow.report;

import java.util.Map;

/** Mutants of the protocol that no unit test can kill, each with its reason. */
final class Survivors {
    private Survivors() {}

    static Map<String, String> explained() {
        return Map.of(
                "BranchSet.first: Replaced integer modulus with multiplication",
                "the same: a shift by a multiple of 64 is none",
                "BranchSet.hashCode: replaced int return with 0 for dev/avow/protocol/BranchSet::hashCode",
                "a constant is a hash code, too, only a slow one");
    }
}
