package dev.avow.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of text in aligned columns, indented by two spaces. */
public final class Table {
    /** To which side a column's cells are moved. */
    public enum Side {
        LEFT,
        RIGHT
    }

    private final List<Side> sides;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(Side... sides) {
        this.sides = List.of(sides);
    }

    /** Adds a row with one cell for each column. */
    public Table row(String... cells) {
        if (cells.length != sides.size()) {
            throw new IllegalArgumentException(
                    "a row of " + cells.length + " cells in a table of " + sides.size() + " columns");
        }
        rows.add(List.of(cells).stream().map(Text::oneLine).toList());
        return this;
    }

    public List<String> lines() {
        int[] widths = IntStream.range(0, sides.size()).map(this::width).toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String padding = " ".repeat(widths[column] - row.get(column).length());
            boolean left = sides.get(column) == Side.LEFT;
            line.append("  ").append(left ? row.get(column) + padding : padding + row.get(column));
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
