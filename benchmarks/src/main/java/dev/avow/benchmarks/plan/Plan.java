package dev.avow.benchmarks.plan;

import dev.avow.benchmarks.manager.Slowed;
import dev.avow.benchmarks.text.Complaint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * What is measured, in the same order in each round: a benchmark stands beside its limit, so that whatever the machine does
 * meanwhile befalls both.
 */
public record Plan(String name, int rounds, List<Cell> cells) {
    public Plan {
        cells = List.copyOf(cells);
    }

    public Plan rounds(Optional<Integer> otherRounds) {
        int number = otherRounds.orElse(rounds);
        if (number < 1) {
            throw new Complaint("--rounds " + number + " measures nothing: ask for at least 1");
        }
        return new Plan(name, number, cells);
    }

    /** Only those cells in whose label that is found: a regular expression, in any case. */
    public Plan only(Optional<String> text) {
        if (text.isEmpty()) {
            return this;
        }
        try {
            Pattern wanted = Pattern.compile(text.get(), Pattern.CASE_INSENSITIVE);
            List<Cell> found = cells.stream()
                    .filter(cell -> wanted.matcher(cell.label()).find())
                    .toList();
            if (found.isEmpty()) {
                throw new Complaint("--only \"" + text.get() + "\" matches no cell of \"" + name
                        + "\"; there are, for example:\n"
                        + cells.stream().map(Cell::label).distinct().limit(5).collect(Collectors.joining("\n")));
            }
            return new Plan(name, rounds, found);
        } catch (PatternSyntaxException broken) {
            throw new Complaint(
                    "--only \"" + text.get() + "\" is no regular expression: " + broken.getDescription(), broken);
        }
    }

    /** With Avow slowed on purpose, if that is wanted. */
    public Plan slowed(Optional<Slowed> how) {
        return new Plan(
                // Lest its result be taken for a base.
                name + (how.isPresent() ? "-slowed" : ""),
                rounds,
                cells.stream().map(cell -> how.map(cell::slowed).orElse(cell)).toList());
    }

    public Plan without(Set<String> peers) {
        return new Plan(
                name,
                rounds,
                cells.stream()
                        .filter(cell -> cell.peer().stream().noneMatch(peers::contains))
                        .toList());
    }

    public Set<String> peers() {
        return cells.stream().flatMap(cell -> cell.peer().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    public List<Cell> ofRound(int round) {
        return cells.stream().filter(cell -> round < cell.rounds()).toList();
    }

    public Duration expected() {
        Duration sum = Duration.ZERO;
        for (Cell cell : cells) {
            sum = sum.plus(cell.timing().expected().multipliedBy(Math.min(rounds, cell.rounds())));
        }
        return sum;
    }
}
