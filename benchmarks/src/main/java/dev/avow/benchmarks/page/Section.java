package dev.avow.benchmarks.page;

import dev.avow.benchmarks.text.Html;
import dev.avow.benchmarks.text.Table;
import java.util.Optional;

/**
 * A part of the page: a chart, and what it shows as exact numbers.
 *
 * @param note how to read it
 */
record Section(String title, String note, Optional<String> chart, Table table) {
    String html() {
        return "<h2>" + Html.escaped(title) + "</h2>\n<p class=\"faint\">" + Html.escaped(note) + "</p>\n"
                + chart.map(drawn ->
                                drawn + "\n<details><summary>Exact values</summary>\n" + table.html() + "</details>\n")
                        .orElseGet(table::html);
    }

    String markdown() {
        return "### " + title + "\n\n" + note + "\n\n" + table.markdown();
    }
}
