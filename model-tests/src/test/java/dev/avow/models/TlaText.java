package dev.avow.models;

/** Reading TLA+ as text. */
final class TlaText {
    private TlaText() {}

    /** Without {@code \*} comments and nested {@code (* *)} comments; line breaks stay. */
    static String withoutComments(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        int depth = 0;
        int i = 0;
        while (i < text.length()) {
            if (text.startsWith("(*", i)) {
                depth++;
                i += 2;
            } else if (depth > 0 && text.startsWith("*)", i)) {
                depth--;
                i += 2;
            } else if (depth == 0 && text.startsWith("\\*", i)) {
                i = endOfLine(text, i);
            } else {
                if (depth == 0 || text.charAt(i) == '\n') {
                    kept.append(text.charAt(i));
                }
                i++;
            }
        }
        return kept.toString();
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}
