package dev.avow.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The named mutants, and which of the judges catches each: of code and specification, one mutant may be put to both. */
record MutantTable(Map<String, Map<String, String>> figures) {
    private static final List<String> JUDGES = List.of("models", "bisimulation", "simulator", "traces", "unit tests");

    /** The judges that these mutants are put to, by the figures that hold what they said. */
    private static final Map<String, Set<String>> ASKED = Map.of(
            "mutants-code", Set.of("bisimulation", "traces", "unit tests"),
            "mutants-simulator", Set.of("simulator"),
            "mutants-spec", Set.of("models", "bisimulation"));

    static List<String> columns() {
        return Stream.concat(Stream.of("mutant"), JUDGES.stream()).toList();
    }

    List<List<String>> rows() {
        Set<String> mutants = new TreeSet<>();
        ASKED.keySet().forEach(name -> mutants.addAll(said(name).keySet()));
        return mutants.stream().map(this::row).toList();
    }

    private List<String> row(String mutant) {
        List<String> row = new ArrayList<>(List.of(mutant));
        JUDGES.forEach(judge -> row.add(cell(mutant, judge)));
        return row;
    }

    private String cell(String mutant, String judge) {
        List<String> verdicts = ASKED.entrySet().stream()
                .filter(asked -> asked.getValue().contains(judge))
                .filter(asked -> said(asked.getKey()).containsKey(mutant))
                .map(asked -> said(asked.getKey()).getOrDefault(mutant, ""))
                .toList();
        if (verdicts.isEmpty()) {
            return "";
        }
        return verdicts.stream().anyMatch(verdict -> verdict.contains(judge)) ? "caught" : "–";
    }

    private Map<String, String> said(String name) {
        return figures.getOrDefault(name, Map.of());
    }
}
