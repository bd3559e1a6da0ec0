package dev.avow.cli.diagram;

import dev.avow.cli.diagram.Flights.Flight;
import dev.avow.cli.diagram.Lettering.Lines;
import dev.avow.cli.diagram.Row.Box;
import dev.avow.cli.diagram.Step.Message;
import java.util.List;

/** Draws messages and their late arrivals. */
final class ArrowPainter {

    private static final int ABOVE = 6;
    private static final int TEXT_TO_AXIS = 7;
    private static final int BELOW = 11;
    private static final int MOST_LINES = 3;
    /** From a lane to the middle of the arrow's shaft: the head is 10 long and the shaft must not show before it. */
    private static final int HEAD = 8;

    private final Geometry geometry;

    ArrowPainter(Geometry geometry) {
        this.geometry = geometry;
    }

    /** The sending of {@code message}, whose later arrivals are {@code flights}. */
    Row message(Message message, List<Flight> flights) {
        boolean loop = message.from().equals(message.to());
        Label label = loop ? loopLabel(message) : label(message);
        int axis = ABOVE + label.lines.count() * Geometry.LABEL_LINE + TEXT_TO_AXIS;
        if (loop) {
            axis = ABOVE + Math.max(label.lines.count() * Geometry.LABEL_LINE, 22) - 4;
        }
        Mark mark = markOf(message, flights);
        Pen pen = new Pen();
        if (loop) {
            loop(pen, message, mark, axis);
        } else {
            arrow(pen, message, mark, axis);
        }
        int from = geometry.x(message.from());
        for (Flight flight : flights) {
            int turn = Integer.signum(flight.trackX() - from) * 6;
            // A repeated message's copy leaves an arrow that is there already.
            int start = mark == Mark.REPEATED ? flight.trackX() - turn : from;
            departure(pen, mark.cssClass(), start, flight.trackX(), axis, turn);
        }
        pen.lines(
                "label " + mark.cssClass(),
                label.anchor,
                label.x,
                ABOVE + 12,
                Geometry.LABEL_LINE,
                label.lines.lines());
        return new Row(axis + BELOW, axis, pen.toString(), boxes(label, message.label()), List.of(mark));
    }

    /** The arrival of {@code message} at the end of {@code flight}; its label goes beyond {@code outermost}. */
    Row arrival(Message message, Flight flight, int outermost, int sentAt) {
        Mark mark = message.fate() == Fate.REPEATED ? Mark.REPEATED : Mark.DELAYED;
        String kind = mark.cssClass();
        int lane = flight.laneX();
        int direction = -flight.side();
        int track = flight.trackX();
        int textX = outermost - direction * 8;
        int room = geometry.gap() + 16 - Math.abs(lane - outermost);
        Lines lines = Lettering.wrap(message.label(), Geometry.LABEL_FONT, room, 2);
        String origin = "sent at " + sentAt;
        int width = Math.max(lines.width(Geometry.LABEL_FONT), Lettering.width(origin, Geometry.SMALL_FONT));
        int height = (lines.count() + 1) * Geometry.LABEL_LINE + 6;
        int axis = height / 2;
        int turned = track + direction * 6;
        String corner = "M" + track + " " + (axis - 6) + "Q" + track + " " + axis + " " + turned + " " + axis;
        String anchor = direction > 0 ? "end" : "start";
        Pen pen = new Pen();
        pen.path("shaft " + kind, corner + "H" + (lane - direction * HEAD)).head("head " + kind, lane, axis, direction);
        pen.lines("label " + kind, anchor, textX, 15, Geometry.LABEL_LINE, lines.lines());
        pen.text("small label", anchor, textX, 13 + lines.count() * Geometry.LABEL_LINE, origin);
        Box box = new Box(direction > 0 ? textX - width : textX, 2, width, height - 4, message.label());
        return new Row(height, axis, pen.toString(), List.of(box), List.of(mark));
    }

    private static Mark markOf(Message message, List<Flight> flights) {
        return switch (message.fate()) {
            case DELIVERED -> Mark.DELIVERED;
            case LOST -> Mark.LOST;
            case REPEATED -> Mark.REPEATED;
            case DELAYED -> flights.isEmpty() ? Mark.UNDER_WAY : Mark.DELAYED;
        };
    }

    private void arrow(Pen pen, Message message, Mark mark, int axis) {
        int from = geometry.x(message.from());
        int to = geometry.x(message.to());
        int direction = from < to ? 1 : -1;
        switch (mark) {
            case LOST -> {
                int end = to - direction * (geometry.spacing() * 3 / 10);
                pen.line("shaft lost", from, axis, end, axis).cross("cross lost", end, axis, 6);
            }
            case UNDER_WAY -> {
                int end = to - direction * (geometry.spacing() * 3 / 10);
                pen.line("shaft underway", from, axis, end - direction * 5, axis)
                        .circle("ring underway", end, axis, 5);
            }
            case REPEATED -> {
                pen.line("shaft repeated", from, axis, to - direction * (HEAD + 9), axis);
                pen.head("head repeated", to, axis, direction)
                        .head("head repeated", to - direction * 9, axis, direction);
            }
            case DELAYED -> pen.circle("dot delayed", from, axis, 3);
            case DELIVERED, ACTION, FORCED, UNFORCED, STATE, CRASH, RESTART, VIOLATION -> {
                pen.line("shaft delivered", from, axis, to - direction * HEAD, axis);
                pen.head("head delivered", to, axis, direction);
            }
        }
    }

    private void loop(Pen pen, Message message, Mark mark, int axis) {
        int lane = geometry.x(message.to());
        int side = geometry.arrivalSide(message);
        int far = lane + side * 24;
        String kind = mark.cssClass();
        String out = "M" + lane + " " + (axis - 12) + "H" + far;
        switch (mark) {
            case LOST -> pen.path("shaft lost", out).cross("cross lost", far, axis - 12, 6);
            case UNDER_WAY -> pen.path("shaft underway", out).circle("ring underway", far + side * 5, axis - 12, 5);
            case DELAYED -> pen.circle("dot delayed", lane, axis, 3);
            case DELIVERED, REPEATED, ACTION, FORCED, UNFORCED, STATE, CRASH, RESTART, VIOLATION -> {
                pen.path("shaft " + kind, out + "V" + axis + "H" + (lane + side * HEAD));
                pen.head("head " + kind, lane, axis, -side);
                if (mark == Mark.REPEATED) {
                    pen.head("head repeated", lane + side * 9, axis, -side);
                }
            }
        }
    }

    /** Level to the track and round the corner; the track itself spans rows, so the layout draws it. */
    private static void departure(Pen pen, String kind, int start, int track, int axis, int turn) {
        pen.path(
                "track " + kind,
                "M" + start + " " + axis + "H" + (track - turn) + "Q" + track + " " + axis + " " + track + " "
                        + (axis + 6));
    }

    /** Next to the sender if it fits between two lanes, or else over the whole way. */
    private Label label(Message message) {
        int from = geometry.x(message.from());
        int to = geometry.x(message.to());
        int direction = from < to ? 1 : -1;
        Lines near = Lettering.wrap(message.label(), Geometry.LABEL_FONT, geometry.gap(), MOST_LINES);
        boolean fits = !near.shortened() && near.count() < MOST_LINES;
        int way = Math.abs(to - from);
        if (fits || way == geometry.spacing()) {
            return new Label(near, "middle", from + direction * geometry.spacing() / 2 - direction * 3);
        }
        Lines over = Lettering.wrap(message.label(), Geometry.LABEL_FONT, way - 34, MOST_LINES);
        return new Label(over, "middle", (from + to) / 2);
    }

    private Label loopLabel(Message message) {
        int side = geometry.arrivalSide(message);
        int room = geometry.lanes().size() == 1 ? geometry.spacing() / 2 - 40 : geometry.spacing() - 60;
        Lines lines = Lettering.wrap(message.label(), Geometry.LABEL_FONT, room, MOST_LINES);
        return new Label(lines, side > 0 ? "start" : "end", geometry.x(message.to()) + side * 38);
    }

    private static List<Box> boxes(Label label, String text) {
        int width = label.lines.width(Geometry.LABEL_FONT);
        if (width == 0) {
            return List.of();
        }
        int left = switch (label.anchor) {
            case "start" -> label.x;
            case "end" -> label.x - width;
            default -> label.x - width / 2;
        };
        return List.of(new Box(left, ABOVE, width, label.lines.count() * Geometry.LABEL_LINE, text));
    }

    private record Label(Lines lines, String anchor, int x) {}
}
