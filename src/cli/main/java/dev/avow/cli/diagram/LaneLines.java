package dev.avow.cli.diagram;

import dev.avow.cli.diagram.Step.Crash;
import dev.avow.cli.diagram.Step.Restart;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Draws the processes' life lines: whole while a process runs, broken from its crash to its restart. */
final class LaneLines {

    private final List<Step> steps;
    private final Geometry geometry;
    private final IntUnaryOperator axisOfStep;

    LaneLines(Diagram diagram, Geometry geometry, IntUnaryOperator axisOfStep) {
        this.steps = diagram.steps();
        this.geometry = geometry;
        this.axisOfStep = axisOfStep;
    }

    /** Draws every lane between {@code top} and {@code bottom}. */
    void draw(Pen pen, int top, int bottom) {
        for (String lane : geometry.lanes()) {
            draw(pen, lane, top, bottom);
        }
    }

    private void draw(Pen pen, String lane, int top, int bottom) {
        int x = geometry.x(lane);
        boolean runs = true;
        int since = top;
        for (int index = 0; index < steps.size(); index++) {
            Step step = steps.get(index);
            boolean crashes = step instanceof Crash crash && crash.lane().equals(lane);
            boolean restarts = step instanceof Restart restart && restart.lane().equals(lane);
            if (crashes || restarts) {
                int until = Math.min(Math.max(axisOfStep.applyAsInt(index), top), bottom);
                stretch(pen, runs, x, since, until);
                runs = restarts;
                since = until;
            }
        }
        stretch(pen, runs, x, since, bottom);
    }

    private static void stretch(Pen pen, boolean runs, int x, int top, int bottom) {
        if (top < bottom) {
            pen.line(runs ? "lane" : "lane down", x, top, x, bottom);
        }
    }
}
