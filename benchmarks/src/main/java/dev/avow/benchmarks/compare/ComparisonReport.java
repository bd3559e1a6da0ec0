package dev.avow.benchmarks.compare;

import dev.avow.benchmarks.result.Benchmark;
import dev.avow.benchmarks.result.Result;
import dev.avow.benchmarks.text.Html;
import dev.avow.benchmarks.text.Numbers;
import dev.avow.benchmarks.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A comparison for people: what is lost first, then every row. */
public final class ComparisonReport {
    private static final String TITLE = "Benchmarks compared";

    private final Comparison comparison;

    public ComparisonReport(Comparison comparison) {
        this.comparison = comparison;
    }

    public String text() {
        return String.join("\n", runs()) + "\n\n" + table().text() + "\n" + String.join("\n", findings()) + "\n";
    }

    public String markdown() {
        String findings = findings().stream().map(each -> "- " + each).collect(Collectors.joining("\n"));
        return "## " + TITLE + "\n\n" + findings + "\n\n" + table().markdown() + "\n" + String.join("  \n", runs())
                + "\n";
    }

    public String html() {
        return Html.page(TITLE, "", body());
    }

    /** Without a page around it. */
    public String body() {
        String findings = findings().stream()
                .map(each -> "<li>" + Html.escaped(each) + "</li>\n")
                .collect(Collectors.joining());
        String runs = runs().stream()
                .map(each -> "<p class=\"faint\">" + Html.escaped(each) + "</p>\n")
                .collect(Collectors.joining());
        boolean isGood = comparison.isFine() && !comparison.isOfDifferentMachines();
        String verdict = comparison.isFine() ? "Speed was not judged." : "Something is lost, or is missing.";
        return "<p class=\"" + (isGood ? "good" : "bad") + "\">" + (isGood ? "Nothing is lost." : verdict)
                + "</p>\n<ul>\n" + findings + "</ul>\n" + table().html() + runs;
    }

    private List<String> runs() {
        return List.of("Base: " + run(comparison.base()), "New: " + run(comparison.now()));
    }

    private static String run(Result result) {
        return result.run().map(each -> each.line()).orElse("a result that doesn't say where it was measured");
    }

    private Table table() {
        Table table = new Table("", "base", "new", "change", "99 % interval", "", "verdict");
        Optional<Benchmark> above = Optional.empty();
        for (Row row : comparison.rows()) {
            Ratio factor = row.factor();
            String interval = factor.isKnown()
                    ? Numbers.change(factor.low()) + " to " + Numbers.change(factor.high())
                    : "unknown";
            boolean share = row.what().startsWith("of ");
            table.row(
                    above.filter(row.benchmark()::equals).isPresent()
                            ? "  " + row.what()
                            : row.benchmark().label(),
                    share ? Numbers.ratio(row.base()) : Numbers.of(row.base()),
                    share ? Numbers.ratio(row.now()) : Numbers.of(row.now()),
                    Numbers.change(factor.value()),
                    interval,
                    above.filter(row.benchmark()::equals).isPresent() ? "" : row.what(),
                    verdict(row));
            above = Optional.of(row.benchmark());
        }
        return table;
    }

    private String verdict(Row row) {
        String word = row.verdict().word(row.cost());
        if (row.isLost(comparison.loss())) {
            return word + ": LOST";
        }
        return row.judged() ? word : word + " (not judged)";
    }

    private List<String> findings() {
        List<String> findings = new ArrayList<>();
        String loss = Numbers.of(comparison.loss() * 100) + " %";
        comparison
                .lost()
                .forEach(row -> findings.add("Lost: " + row.benchmark().label() + ", "
                        + (row.cost() ? row.what() + " " : "")
                        + Numbers.change(row.factor().value())
                        + ", beyond the noise and the " + loss + " that are let pass"));
        comparison.missing().forEach(each -> findings.add("Missing: " + each + ", so a loss of it wouldn't be seen"));
        if (comparison.isOfDifferentMachines()) {
            findings.add("Speed was not judged: they were measured on different machines, or by different JVMs, and"
                    + " shares differ for that reason, too. Measure the base on this kind of machine:"
                    + " .ci/benchmarks REVISION does. Only what is allocated was judged.");
        } else if (comparison.isFine()) {
            findings.add("Nothing is lost: no row is worse by more than both the noise and " + loss + ".");
        }
        comparison.added().forEach(each -> findings.add("New, with nothing to compare it with: " + each));
        if (comparison.hasSingleForks()) {
            findings.add("Some were measured in a single fork: its iterations stand for rounds, and what differs from"
                    + " process to process isn't in the intervals.");
        }
        return findings;
    }
}
