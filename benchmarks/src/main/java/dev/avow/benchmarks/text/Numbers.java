package dev.avow.benchmarks.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as a person reads them: no more digits than they are worth. */
public final class Numbers {
    private static final MathContext DIGITS = new MathContext(3);
    private static final double GROUPED = 1000;

    private Numbers() {}

    /** Three digits, thousands in groups: 12,300 or 0.0457. */
    public static String of(double number) {
        if (!Double.isFinite(number)) {
            return "?";
        }
        BigDecimal rounded = new BigDecimal(number).round(DIGITS);
        return Math.abs(number) >= GROUPED
                ? String.format(Locale.ROOT, "%,.0f", rounded)
                : rounded.stripTrailingZeros().toPlainString();
    }

    /** A factor as what it adds or takes: 0.7 is -30.0 %. */
    public static String change(double factor) {
        if (!Double.isFinite(factor)) {
            return "?";
        }
        double percent = (factor - 1) * 100;
        return String.format(Locale.ROOT, Math.abs(percent) >= GROUPED ? "%+,.0f %%" : "%+.1f %%", percent);
    }

    public static String ratio(double ratio) {
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "?";
    }
}
