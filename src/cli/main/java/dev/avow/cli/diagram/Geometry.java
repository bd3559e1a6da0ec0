package dev.avow.cli.diagram;

import dev.avow.cli.diagram.Step.Message;
import java.util.List;

/**
 * Where the lanes stand, in pixels.
 *
 * <pre>
 *   | numbers |  spacing/2  lane  spacing  lane  spacing  lane  spacing/2 |
 * </pre>
 *
 * @param lanes the names, left to right
 * @param spacing the distance between two lanes
 */
record Geometry(List<String> lanes, int spacing) {

    static final int NUMBERS = 40;
    static final int LABEL_FONT = 13;
    static final int LABEL_LINE = 16;
    static final int CHIP_FONT = 12;
    static final int CHIP_LINE = 15;
    static final int SMALL_FONT = 11;

    private static final int MARGIN = 12;
    private static final int NARROWEST = 150;
    private static final int WIDEST = 250;
    /** The width that a page shows without scrolling; shared by the lanes until they would be too narrow to read. */
    private static final int PAGE = 1160;
    /** Below this the title and the banners would be broken after every other word. */
    private static final int NARROWEST_PAGE = 520;

    /** Lanes as far apart as the longest label needs, within what a page can hold. */
    static Geometry of(Diagram diagram) {
        int count = diagram.lanes().size();
        int most = Math.min(WIDEST, Math.max(NARROWEST, PAGE / count));
        int needed = diagram.steps().stream()
                .mapToInt(step -> step.accept(new RoomNeeded()))
                .max()
                .orElse(0);
        int least = Math.max(NARROWEST, NARROWEST_PAGE / count);
        return new Geometry(diagram.lanes(), Math.max(least, Math.min(most, needed)));
    }

    int x(String lane) {
        return x(lanes.indexOf(lane));
    }

    int x(int lane) {
        return NUMBERS + MARGIN + spacing / 2 + lane * spacing;
    }

    int width() {
        return x(lanes.size() - 1) + spacing / 2 + MARGIN;
    }

    /** The room for a label between two neighbouring lanes, with an arrow's head beside it. */
    int gap() {
        return spacing - 34;
    }

    /** The room for a box on a lane. */
    int chip() {
        return spacing - 16;
    }

    int bannerX() {
        return NUMBERS + MARGIN;
    }

    int bannerWidth() {
        return width() - bannerX() - MARGIN;
    }

    /** The side of its receiver from which a message comes: -1 left, 1 right. */
    int arrivalSide(Message message) {
        int from = lanes.indexOf(message.from());
        int to = lanes.indexOf(message.to());
        if (from == to) {
            boolean noRoomRight = to == lanes.size() - 1 && to > 0;
            return noRoomRight ? -1 : 1;
        }
        return from < to ? -1 : 1;
    }

    /** The spacing that a step would like, to stay on one line. */
    private static final class RoomNeeded implements Step.Cases<Integer> {
        @Override
        public Integer message(Message step) {
            return Lettering.width(step.label(), LABEL_FONT) + 36;
        }

        @Override
        public Integer arrival(Step.Arrival step) {
            return 0;
        }

        @Override
        public Integer local(Step.Local step) {
            return boxed(step.label());
        }

        @Override
        public Integer force(Step.Force step) {
            return boxed(step.label());
        }

        @Override
        public Integer unforced(Step.Unforced step) {
            return boxed(step.label());
        }

        @Override
        public Integer crash(Step.Crash step) {
            return 0;
        }

        @Override
        public Integer restart(Step.Restart step) {
            return boxed(step.label());
        }

        @Override
        public Integer stateChange(Step.StateChange step) {
            return boxed(step.state());
        }

        @Override
        public Integer divider(Step.Divider step) {
            return 0;
        }

        @Override
        public Integer violation(Step.Violation step) {
            return 0;
        }

        @Override
        public Integer verdict(Step.Verdict step) {
            return 0;
        }

        private static int boxed(String label) {
            return Lettering.width(label, CHIP_FONT) + 60;
        }
    }
}
