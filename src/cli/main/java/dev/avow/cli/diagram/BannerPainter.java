package dev.avow.cli.diagram;

import dev.avow.cli.diagram.Lettering.Lines;
import dev.avow.cli.diagram.Row.Box;
import dev.avow.cli.diagram.Step.Divider;
import dev.avow.cli.diagram.Step.Verdict;
import dev.avow.cli.diagram.Step.Violation;
import java.util.ArrayList;
import java.util.List;

/** Draws what spans all lanes. */
final class BannerPainter {

    private static final int ABOVE = 8;
    private static final int PADDING = 14;
    private static final int ICON = 24;
    private static final int LINE = 18;
    private static final int MOST_LINES = 4;

    private final Geometry geometry;

    BannerPainter(Geometry geometry) {
        this.geometry = geometry;
    }

    Row divider(Divider divider) {
        int font = 14;
        int room = (geometry.bannerWidth() - 2 * PADDING) * 100 / 112;
        Lines lines = Lettering.wrap(divider.text(), font, room, 2);
        int height = lines.count() * LINE + 10;
        Pen pen = new Pen();
        pen.rect("divider", geometry.bannerX(), ABOVE, geometry.bannerWidth(), height, 4);
        pen.lines("dividertext", "start", geometry.bannerX() + PADDING, ABOVE + 19, LINE, lines.lines());
        return row(pen, height, divider.text(), List.of());
    }

    /** A banner that points at the lane where the rule broke. */
    Row violation(Violation violation) {
        Lines rule = Lettering.wrap(violation.rule() + " is broken at " + violation.lane(), 14, boldRoom(), 2);
        Lines text = Lettering.wrap(violation.text(), Geometry.LABEL_FONT, room(), MOST_LINES);
        int height = (rule.count() + text.count()) * LINE + 10;
        int x = geometry.x(violation.lane());
        int left = geometry.bannerX();
        Pen pen = new Pen();
        pen.rect("violation", left, ABOVE, geometry.bannerWidth(), height, 5);
        pen.path("violation", "M" + (x - 9) + " " + ABOVE + "l9 -9l9 9z");
        pen.cross("violationicon", left + PADDING + 5, ABOVE + 14, 5);
        pen.lines("violationrule", "start", left + PADDING + ICON, ABOVE + 19, LINE, rule.lines());
        int next = ABOVE + 19 + rule.count() * LINE;
        pen.lines("violationtext", "start", left + PADDING + ICON, next, LINE, text.lines());
        return row(pen, height, violation.rule() + ": " + violation.text(), List.of(Mark.VIOLATION));
    }

    Row verdict(Verdict verdict) {
        Lines lines = Lettering.wrap(verdict.text(), 14, boldRoom(), MOST_LINES);
        int height = Math.max(1, lines.count()) * LINE + 14;
        int left = geometry.bannerX();
        String tone = verdict.good() ? "good" : "bad";
        Pen pen = new Pen();
        pen.rect("verdict " + tone, left, ABOVE, geometry.bannerWidth(), height, 5);
        int iconX = left + PADDING + 5;
        int iconY = ABOVE + 16;
        if (verdict.good()) {
            pen.path("verdicticon good", "M" + (iconX - 6) + " " + iconY + "l4 5l8 -10");
        } else {
            pen.cross("verdicticon bad", iconX, iconY, 5);
        }
        pen.lines("verdicttext " + tone, "start", left + PADDING + ICON, ABOVE + 21, LINE, lines.lines());
        return row(pen, height, verdict.text(), List.of());
    }

    private Row row(Pen pen, int height, String text, List<Mark> marks) {
        List<Box> labels = new ArrayList<>();
        labels.add(new Box(geometry.bannerX(), ABOVE, geometry.bannerWidth(), height, text));
        return new Row(height + 2 * ABOVE, ABOVE + height / 2, pen.toString(), List.copyOf(labels), marks);
    }

    private int room() {
        return geometry.bannerWidth() - 2 * PADDING - ICON;
    }

    private int boldRoom() {
        return room() * 100 / 112;
    }
}
