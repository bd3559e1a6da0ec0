package dev.avow.cli.terminal;

import java.util.List;
import java.util.Optional;

/** What someone who mistyped a word may have meant. */
public final class Suggestion {
    /** Two slips of the finger; a word further away is another one. */
    private static final int FARTHEST = 2;

    private Suggestion() {}

    /** The first of these that is near enough to what was typed; the value behind an option's = doesn't count. */
    public static Optional<String> nearest(String typed, List<String> known) {
        String word = typed.split("=", 2)[0];
        return known.stream().filter(each -> distance(word, each) <= FARTHEST).findFirst();
    }

    /** How many letters have to be changed, put in or taken out (Levenshtein 1966). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int above = row[column];
                int changed = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                row[column] = Math.min(changed, Math.min(above, row[column - 1]) + 1);
                diagonal = above;
            }
        }
        return row[to.length()];
    }
}
