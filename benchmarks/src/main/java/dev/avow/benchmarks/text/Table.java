package dev.avow.benchmarks.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows under a heading each. In the first column names, moved to the left as the last one is; between them numbers, moved
 * to the right.
 */
public final class Table {
    /** Words that are coloured. */
    private static final Map<String, String> JUDGMENTS = Map.of(
            "met",
            "good",
            "faster",
            "good",
            "less",
            "good",
            "not met",
            "bad",
            "slower: LOST",
            "bad",
            "more: LOST",
            "bad");

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    /** Adds a row with one cell for each column. */
    public Table row(String... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(
                    "a row of " + cells.length + " cells in a table of " + headings.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** For a terminal; columns without any content are left out. */
    public String text() {
        Set<Integer> shown = IntStream.range(0, headings.size())
                .filter(column -> rows.stream().anyMatch(row -> !row.get(column).isEmpty()))
                .boxed()
                .collect(Collectors.toSet());
        List<List<String>> all = new ArrayList<>(List.of(headings));
        all.addAll(rows);
        return all.stream()
                .map(row -> IntStream.range(0, row.size())
                        .filter(shown::contains)
                        .mapToObj(column -> padded(row.get(column), column, all))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private String padded(String cell, int column, List<List<String>> all) {
        int width = all.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        String padding = " ".repeat(width - cell.length());
        return isLeft(column) ? cell + padding : padding + cell;
    }

    private boolean isLeft(int column) {
        return column == 0 || column == headings.size() - 1;
    }

    public String markdown() {
        String rule = IntStream.range(0, headings.size())
                .mapToObj(column -> isLeft(column) ? "---" : "---:")
                .collect(Collectors.joining("|", "|", "|"));
        List<String> lines = new ArrayList<>(List.of(markdown(headings), rule));
        rows.forEach(row -> lines.add(markdown(row)));
        return String.join("\n", lines) + "\n";
    }

    private static String markdown(List<String> row) {
        return row.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }

    public String html() {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table>\n<thead>")
                .append(html("th", headings))
                .append("</thead>\n<tbody>\n");
        rows.forEach(row -> html.append(html("td", row)).append('\n'));
        return html.append("</tbody></table></div>\n").toString();
    }

    private String html(String element, List<String> row) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> "<" + element + styled(row.get(column), column) + ">"
                        + Html.escaped(row.get(column)) + "</" + element + ">")
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    private String styled(String cell, int column) {
        if (!isLeft(column)) {
            return " class=\"number\"";
        }
        return Optional.ofNullable(JUDGMENTS.get(cell))
                .map(style -> " class=\"" + style + "\"")
                .orElse("");
    }

    public List<List<String>> rows() {
        return Collections.unmodifiableList(rows);
    }
}
