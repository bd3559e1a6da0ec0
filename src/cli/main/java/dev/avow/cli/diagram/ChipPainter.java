package dev.avow.cli.diagram;

import dev.avow.cli.diagram.Lettering.Lines;
import dev.avow.cli.diagram.Row.Box;
import java.util.List;
import java.util.Locale;

/** Draws what happens on one lane: a box around its label, with a sign for its kind. */
final class ChipPainter {

    private static final int ABOVE = 5;
    private static final int PADDING = 10;
    private static final int ICON = 20;
    private static final int MOST_LINES = 3;

    private final Geometry geometry;

    ChipPainter(Geometry geometry) {
        this.geometry = geometry;
    }

    Row chip(Mark mark, String lane, String label) {
        int icon = hasIcon(mark) ? ICON : 0;
        int room = geometry.chip() - 2 * PADDING - icon;
        Lines lines = Lettering.wrap(label, Geometry.CHIP_FONT, room, MOST_LINES);
        int textWidth = lines.width(Geometry.CHIP_FONT);
        int width = textWidth + 2 * PADDING + icon - (textWidth == 0 && icon > 0 ? 6 : 0);
        int height = Math.max(1, lines.count()) * Geometry.CHIP_LINE + 9;
        int left = geometry.x(lane) - width / 2;
        Pen pen = new Pen();
        pen.rect("chip " + mark.cssClass(), left, ABOVE, width, height, mark == Mark.ACTION ? 3 : 6);
        if (hasIcon(mark)) {
            icon(pen, mark, left + PADDING + 5, ABOVE + height / 2);
        }
        int textX = left + PADDING + icon + textWidth / 2;
        pen.lines("chiptext " + mark.cssClass(), "middle", textX, ABOVE + 16, Geometry.CHIP_LINE, lines.lines());
        Box box = new Box(left, ABOVE, width, height, label);
        return new Row(height + 2 * ABOVE, ABOVE + height / 2, pen.toString(), List.of(box), List.of(mark));
    }

    /** A state: smaller than an action, because it is the consequence of one. */
    Row pill(String lane, String state) {
        Lines lines = Lettering.wrap(state, Geometry.SMALL_FONT, (geometry.chip() - 20) * 100 / 112, 1);
        int width = lines.width(Geometry.SMALL_FONT) * 112 / 100 + 18;
        int left = geometry.x(lane) - width / 2;
        String tone = tone(state);
        Pen pen = new Pen();
        pen.rect("pill " + tone, left, 3, width, 18, 9);
        pen.lines("pilltext " + tone, "middle", geometry.x(lane), 16, Geometry.CHIP_LINE, lines.lines());
        return new Row(24, 12, pen.toString(), List.of(new Box(left, 3, width, 18, state)), List.of(Mark.STATE));
    }

    /** Draws the sign for {@code mark} around ({@code x}, {@code y}). */
    static void icon(Pen pen, Mark mark, int x, int y) {
        String kind = "icon " + mark.cssClass();
        switch (mark) {
            case FORCED, UNFORCED -> {
                String sides = "M" + (x - 5) + " " + (y - 4) + "v8c0 3 10 3 10 0v-8";
                String lid = "M" + (x - 5) + " " + (y - 4) + "c0 -3 10 -3 10 0c0 3 -10 3 -10 0z";
                pen.path(kind, sides).path(kind, lid);
            }
            case CRASH -> pen.cross(kind, x, y, 4);
            case RESTART ->
                pen.path(kind, "M" + (x + 4) + " " + (y - 3) + "A5 5 0 1 0 " + (x + 5) + " " + (y + 1))
                        .path(kind, "M" + (x + 5) + " " + (y - 6) + "v4h-4");
            case DELIVERED, REPEATED, DELAYED, UNDER_WAY, LOST, ACTION, STATE, VIOLATION -> {}
        }
    }

    private static boolean hasIcon(Mark mark) {
        return switch (mark) {
            case FORCED, UNFORCED, CRASH, RESTART -> true;
            case DELIVERED, REPEATED, DELAYED, UNDER_WAY, LOST, ACTION, STATE, VIOLATION -> false;
        };
    }

    /** The protocol's own words get a colour each; any other state is grey, and all of them can be read without it. */
    private static String tone(String state) {
        String word = state.strip().toLowerCase(Locale.ROOT);
        if (word.startsWith("commit")) {
            return "good";
        }
        if (word.startsWith("abort") || word.startsWith("heuristic")) {
            return "bad";
        }
        boolean waits = word.startsWith("prepar") || word.startsWith("in doubt") || word.startsWith("in_doubt");
        return waits ? "waiting" : "plain";
    }
}
