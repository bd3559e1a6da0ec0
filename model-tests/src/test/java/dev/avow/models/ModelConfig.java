package dev.avow.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a .cfg asks TLC to check.
 *
 * @param next the next-state relation, where the .cfg names it itself
 */
record ModelConfig(List<String> invariants, List<String> properties, Optional<String> next) {
    private static final Set<String> OTHER_KEYWORDS = Set.of(
            "CONSTANT",
            "CONSTANTS",
            "INIT",
            "SPECIFICATION",
            "CONSTRAINT",
            "CONSTRAINTS",
            "ACTION_CONSTRAINT",
            "ACTION_CONSTRAINTS",
            "SYMMETRY",
            "VIEW",
            "CHECK_DEADLOCK",
            "POSTCONDITION",
            "ALIAS");

    static ModelConfig parse(String text) {
        List<String> invariants = new ArrayList<>();
        List<String> properties = new ArrayList<>();
        List<String> next = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        List<String> current = ignored;
        for (String word : TlaText.withoutComments(text).strip().split("\\s+", -1)) {
            switch (word) {
                case "INVARIANT", "INVARIANTS" -> current = invariants;
                case "PROPERTY", "PROPERTIES" -> current = properties;
                case "NEXT" -> current = next;
                default -> {
                    if (OTHER_KEYWORDS.contains(word)) {
                        current = ignored;
                    } else {
                        current.add(word);
                    }
                }
            }
        }
        return new ModelConfig(invariants, properties, next.stream().findFirst());
    }

    boolean checksNothing() {
        return invariants.isEmpty() && properties.isEmpty();
    }

    /**
     * The name in this .cfg of what TLC found violated. TLC gives a temporal property no name, and a refinement only
     * a place in the module that it refines to; then the name is known if there is one property to choose from.
     */
    Optional<String> violated(TlcResult result) {
        Optional<String> named =
                result.reported().filter(name -> invariants.contains(name) || properties.contains(name));
        boolean ofAProperty = result.verdict()
                .filter(verdict -> verdict == Verdict.TEMPORAL || verdict == Verdict.ACTION_PROPERTY)
                .isPresent();
        if (named.isPresent() || !ofAProperty || properties.size() != 1) {
            return named;
        }
        return Optional.of(properties.get(0));
    }
}
