package dev.avow.cli.diagram;

import java.util.Set;

/** Explains the marks that occur, and no others. */
final class Legend {

    /** The size of a sample. */
    static final int SAMPLE_WIDTH = 44;

    static final int SAMPLE_HEIGHT = 20;

    private static final int FONT = 12;
    private static final int LINE = 24;
    private static final int AFTER_SAMPLE = 7;
    private static final int AFTER_TEXT = 22;

    private Legend() {}

    /** Draws the legend from ({@code left}, {@code top}) in as many lines as {@code width} asks for; returns its height. */
    static int draw(Pen pen, Set<Mark> marks, int left, int top, int width) {
        int x = left;
        int y = top;
        pen.open("legend", "");
        for (Mark mark : marks) {
            int needed = SAMPLE_WIDTH + AFTER_SAMPLE + Lettering.width(mark.meaning(), FONT);
            if (x > left && x + needed > left + width) {
                x = left;
                y += LINE;
            }
            pen.open("sample", "transform=\"translate(" + x + "," + y + ")\"");
            sample(pen, mark);
            pen.text("legendtext", "start", SAMPLE_WIDTH + AFTER_SAMPLE, 14, mark.meaning());
            pen.close();
            x += needed + AFTER_TEXT;
        }
        pen.close();
        return marks.isEmpty() ? 0 : y + LINE - top;
    }

    /** Draws {@code mark} in a box of {@link #SAMPLE_WIDTH} by {@link #SAMPLE_HEIGHT} from (0, 0). */
    static void sample(Pen pen, Mark mark) {
        int axis = SAMPLE_HEIGHT / 2;
        int end = SAMPLE_WIDTH - 2;
        String kind = mark.cssClass();
        switch (mark) {
            case DELIVERED -> pen.line("shaft " + kind, 2, axis, end - 8, axis).head("head " + kind, end, axis, 1);
            case REPEATED ->
                pen.line("shaft " + kind, 2, axis, end - 17, axis)
                        .head("head " + kind, end, axis, 1)
                        .head("head " + kind, end - 9, axis, 1);
            case DELAYED ->
                pen.circle("dot " + kind, 4, 4, 3)
                        .path("track " + kind, "M4 4H16Q22 4 22 10Q22 16 28 16H34")
                        .head("head " + kind, end, 16, 1);
            case UNDER_WAY ->
                pen.line("shaft " + kind, 2, axis, end - 14, axis).circle("ring " + kind, end - 9, axis, 5);
            case LOST -> pen.line("shaft " + kind, 2, axis, end - 10, axis).cross("cross " + kind, end - 10, axis, 6);
            case ACTION -> pen.rect("chip " + kind, 9, 3, 26, 14, 3);
            case FORCED, UNFORCED, CRASH, RESTART -> {
                pen.rect("chip " + kind, 9, 1, 26, 18, 6);
                ChipPainter.icon(pen, mark, 22, axis);
            }
            case STATE -> pen.rect("pill plain", 7, 4, 30, 12, 6);
            case VIOLATION -> pen.rect("violation", 7, 5, 30, 12, 3).path("violation", "M16 6l6 -6l6 6z");
        }
    }
}
