package dev.avow.xa;

import java.util.Locale;
import java.util.Set;

/** As much of SQL as it takes to notice a statement that would end the branch. */
final class SqlText {
    private static final Set<String> ENDS = Set.of("COMMIT", "ROLLBACK");

    private final String text;
    private int at;

    private SqlText(String text) {
        this.text = text;
    }

    /** Whether its first word, after spaces and comments, is COMMIT or ROLLBACK. Further statements behind it aren't seen. */
    static boolean endsTransaction(String sql) {
        SqlText text = new SqlText(sql);
        text.skipToWord();
        return ENDS.contains(text.word());
    }

    private void skipToWord() {
        int before;
        do {
            before = at;
            while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == ';')) {
                at++;
            }
            if (text.startsWith("--", at)) {
                skipPast("\n");
            } else if (text.startsWith("/*", at)) {
                skipPast("*/");
            }
        } while (at > before);
    }

    private void skipPast(String end) {
        int found = text.indexOf(end, at + 2);
        at = found < 0 ? text.length() : found + end.length();
    }

    private String word() {
        int end = at;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return text.substring(at, end).toUpperCase(Locale.ROOT);
    }
}
