package dev.avow.cli.diagram;

import java.util.List;

/**
 * One step, drawn, with its top at 0.
 *
 * @param height its height in pixels
 * @param axis the height at which an arrow meets a lane, and at which a crash cuts it
 * @param svg what is drawn
 * @param labels the room that each of its labels takes
 * @param marks what the legend must explain
 */
record Row(int height, int axis, String svg, List<Box> labels, List<Mark> marks) {

    /** The room that one label takes, in pixels from the top left. */
    record Box(int x, int y, int width, int height, String text) {
        Box down(int pixels) {
            return new Box(x, y + pixels, width, height, text);
        }

        boolean overlaps(Box other) {
            return x < other.x + other.width
                    && other.x < x + width
                    && y < other.y + other.height
                    && other.y < y + height;
        }
    }
}
