package dev.avow.cli.diagram;

import java.util.List;

/** Writes SVG elements, one a line. The only place that escapes text, so that nothing gets past it. */
final class Pen {

    private static final int REPLACEMENT = 0xfffd;

    private final StringBuilder out = new StringBuilder();

    /** {@code text} as XML character data or an attribute's value. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(codePoint -> {
            switch (codePoint) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isShown(codePoint) ? codePoint : REPLACEMENT);
            }
        });
        return escaped.toString();
    }

    /** Leaves out what XML 1.0 forbids, and the bidirectional controls, which could turn the text after them around. */
    private static boolean isShown(int codePoint) {
        boolean space = codePoint == '\t' || codePoint == '\n' || codePoint == '\r';
        boolean control = codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0);
        boolean surrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
        boolean turns = (codePoint >= 0x202a && codePoint <= 0x202e) || (codePoint >= 0x2066 && codePoint <= 0x2069);
        boolean noCharacter = (codePoint & 0xfffe) == 0xfffe;
        return space || !(control || surrogate || turns || noCharacter);
    }

    /** Opens a group; {@code attributes} is trusted markup. */
    Pen open(String cssClass, String attributes) {
        out.append("<g class=\"").append(cssClass).append('"');
        if (!attributes.isEmpty()) {
            out.append(' ').append(attributes);
        }
        out.append(">\n");
        return this;
    }

    Pen close() {
        out.append("</g>\n");
        return this;
    }

    /** The enclosing element's tooltip, and its name to a screen reader. */
    Pen title(String text) {
        out.append("<title>").append(escape(text)).append("</title>\n");
        return this;
    }

    Pen line(String cssClass, int x1, int y1, int x2, int y2) {
        out.append("<line class=\"").append(cssClass).append('"');
        attribute("x1", x1).attribute("y1", y1).attribute("x2", x2).attribute("y2", y2);
        return end();
    }

    Pen path(String cssClass, String data) {
        out.append("<path class=\"")
                .append(cssClass)
                .append("\" d=\"")
                .append(data)
                .append('"');
        return end();
    }

    Pen rect(String cssClass, int x, int y, int width, int height, int radius) {
        out.append("<rect class=\"").append(cssClass).append('"');
        attribute("x", x).attribute("y", y).attribute("width", width).attribute("height", height);
        if (radius > 0) {
            attribute("rx", radius);
        }
        return end();
    }

    Pen circle(String cssClass, int x, int y, int radius) {
        out.append("<circle class=\"").append(cssClass).append('"');
        attribute("cx", x).attribute("cy", y).attribute("r", radius);
        return end();
    }

    /** One line of text; {@code anchor} is start, middle or end, {@code y} the base line. */
    Pen text(String cssClass, String anchor, int x, int y, String text) {
        out.append("<text class=\"").append(cssClass).append('"');
        attribute("x", x).attribute("y", y);
        out.append(" text-anchor=\"")
                .append(anchor)
                .append("\">")
                .append(escape(text))
                .append("</text>\n");
        return this;
    }

    /** Lines of text below each other, the first one's base line at {@code y}. */
    Pen lines(String cssClass, String anchor, int x, int y, int lineHeight, List<String> lines) {
        for (int index = 0; index < lines.size(); index++) {
            text(cssClass, anchor, x, y + index * lineHeight, lines.get(index));
        }
        return this;
    }

    /** An arrow's head with its tip at ({@code x}, {@code y}), pointing right for {@code direction} 1 and left for -1. */
    Pen head(String cssClass, int x, int y, int direction) {
        int back = x - direction * 10;
        return path(cssClass, "M" + x + " " + y + "L" + back + " " + (y - 5) + "V" + (y + 5) + "Z");
    }

    /** A cross around ({@code x}, {@code y}). */
    Pen cross(String cssClass, int x, int y, int arm) {
        String left = (x - arm) + " ";
        String right = (x + arm) + " ";
        return path(
                cssClass,
                "M" + left + (y - arm) + "L" + right + (y + arm) + "M" + left + (y + arm) + "L" + right + (y - arm));
    }

    /** Trusted markup, as it is. */
    Pen raw(String markup) {
        out.append(markup);
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private Pen attribute(String name, int value) {
        out.append(' ').append(name).append("=\"").append(value).append('"');
        return this;
    }

    private Pen end() {
        out.append("/>\n");
        return this;
    }
}
