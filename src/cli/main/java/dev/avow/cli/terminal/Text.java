package dev.avow.cli.terminal;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Makes values fit for a line of output. */
public final class Text {
    private Text() {}

    /** Without line breaks or other control characters, which a name in a log may hold. */
    public static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    public static String firstLine(String text) {
        return oneLine(text.lines().findFirst().orElse(""));
    }

    /** As 5,000.00. */
    public static String money(BigDecimal amount) {
        return String.format(Locale.ROOT, "%,.2f", amount);
    }

    /** "1 order", "2 orders". */
    public static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    /** "a", "a and b", "a, b and c". */
    public static String and(List<String> items) {
        int last = items.size() - 1;
        return last < 1
                ? String.join("", items)
                : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }
}
