package dev.avow.cli.diagram;

import java.util.ArrayList;
import java.util.List;

/**
 * How much room text takes, and how it is broken into lines.
 *
 * <p>The viewer's fonts are unknown here, and asking this machine's would make the output depend on it. The widths are
 * those of DejaVu Sans, the widest of the common sans-serif fonts in the page's font list, so that in every other font
 * the text is narrower than its box and labels that don't overlap here don't overlap there.
 */
final class Lettering {

    private static final String ELLIPSIS = "…";

    private Lettering() {}

    /** Lines of text that fit, and whether some of the text was left out. */
    record Lines(List<String> lines, boolean shortened) {
        int count() {
            return lines.size();
        }

        int width(int fontSize) {
            return lines.stream()
                    .mapToInt(line -> Lettering.width(line, fontSize))
                    .max()
                    .orElse(0);
        }
    }

    /** An upper bound of the width of {@code text} in pixels. */
    static int width(String text, int fontSize) {
        int thousandths =
                text.codePoints().map(Lettering::thousandthsOfFontSize).sum();
        return (thousandths * fontSize + 999) / 1000;
    }

    /** As {@link #width}, for bold text. */
    static int boldWidth(String text, int fontSize) {
        return width(text, fontSize) * 112 / 100;
    }

    /** {@code text} in at most {@code maxLines} lines of {@code maxWidth} pixels, the last one cut short if need be. */
    static Lines wrap(String text, int fontSize, int maxWidth, int maxLines) {
        List<String> lines = new ArrayList<>();
        String rest = text.strip().replaceAll("\\s+", " ");
        while (!rest.isEmpty()) {
            int fits = fittingLength(rest, fontSize, maxWidth);
            if (fits == rest.length()) {
                lines.add(rest);
                break;
            }
            if (lines.size() == maxLines - 1) {
                lines.add(shorten(rest, fontSize, maxWidth));
                return new Lines(List.copyOf(lines), true);
            }
            int cut = wordBoundary(rest, fits);
            lines.add(rest.substring(0, cut).strip());
            rest = rest.substring(cut).strip();
        }
        return new Lines(List.copyOf(lines), false);
    }

    /** The length of the longest prefix that fits, at least one character: a line without one would never end. */
    private static int fittingLength(String text, int fontSize, int maxWidth) {
        int room = maxWidth * 1000;
        int length = 0;
        while (length < text.length()) {
            int codePoint = text.codePointAt(length);
            room -= thousandthsOfFontSize(codePoint) * fontSize;
            if (room < 0 && length > 0) {
                break;
            }
            length += Character.charCount(codePoint);
        }
        return length;
    }

    /** Where to break a text of which {@code fits} characters fit: after a word or a part of one, or else inside it. */
    private static int wordBoundary(String text, int fits) {
        if (text.charAt(fits) == ' ') {
            return fits;
        }
        for (int cut = fits; cut > 0; cut--) {
            if (" -/._:,".indexOf(text.charAt(cut - 1)) >= 0) {
                return cut;
            }
        }
        return fits;
    }

    private static String shorten(String text, int fontSize, int maxWidth) {
        int room = maxWidth - width(ELLIPSIS, fontSize);
        return text.substring(0, fittingLength(text, fontSize, room)).strip() + ELLIPSIS;
    }

    private static int thousandthsOfFontSize(int codePoint) {
        if (codePoint >= 0x1100) {
            return wideThousandths(codePoint);
        }
        return switch (codePoint) {
            case 'i', 'l', 'j', 'I', '\'', '|', ' ', '.', ',', ':', ';' -> 340;
            case 'f', 't', 'r', '!', '(', ')', '[', ']', '-', '/', '\\' -> 412;
            case 's', 'c', 'z', '"', '*', '_', '?' -> 550;
            case 'm' -> 975;
            case 'w', '+', '=', '<', '>', '~', '#', '×', '&' -> 840;
            case 'M', 'W', '@', '%' -> 1000;
            default -> Character.isUpperCase(codePoint) || codePoint > 0x7f ? 790 : 637;
        };
    }

    private static int wideThousandths(int codePoint) {
        int type = Character.getType(codePoint);
        boolean combines = type == Character.NON_SPACING_MARK || type == Character.FORMAT;
        return combines ? 0 : 1100;
    }
}
