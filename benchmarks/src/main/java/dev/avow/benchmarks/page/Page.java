package dev.avow.benchmarks.page;

import dev.avow.benchmarks.compare.Comparison;
import dev.avow.benchmarks.compare.ComparisonReport;
import dev.avow.benchmarks.result.Result;
import dev.avow.benchmarks.text.Html;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One result at a glance.
 *
 * @param comparison with an earlier one, if that is wanted
 */
public record Page(Result result, Optional<Comparison> comparison) {
    private static final String TITLE = "Avow's benchmarks";
    private static final String TARGETS = "Targets";
    private static final String HOW = "The mean says whether a target is met; in brackets, where it is with 99 %.";

    /** A page that needs no other file. */
    public String html() {
        String sections = new Sections(result).all().stream().map(Section::html).collect(Collectors.joining());
        String compared = comparison
                .map(each -> "<h2>Compared with the base</h2>\n" + new ComparisonReport(each).body())
                .orElse("");
        return Html.page(
                TITLE,
                Svg.STYLE,
                "<p class=\"faint\">" + Html.escaped(machine()) + "</p>\n<h2>" + TARGETS + "</h2>\n<p class=\"faint\">"
                        + HOW + "</p>\n" + Targets.table(result).html() + compared + sections);
    }

    /** Targets and tables, for a README. */
    public String markdown() {
        String sections =
                new Sections(result).all().stream().map(Section::markdown).collect(Collectors.joining("\n"));
        return machine() + "\n\n### " + TARGETS + "\n\n" + HOW + "\n\n"
                + Targets.table(result).markdown() + "\n" + sections
                + comparison
                        .map(each -> "\n" + new ComparisonReport(each).markdown())
                        .orElse("");
    }

    private String machine() {
        return result.run().map(each -> each.line()).orElse("The result doesn't say where and when it was measured.");
    }
}
