package dev.avow.cli.diagram;

import dev.avow.cli.diagram.Flights.Flight;
import dev.avow.cli.diagram.Lettering.Lines;
import dev.avow.cli.diagram.Row.Box;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The rows of one diagram below each other, with the lanes behind them; y is 0 at the top of the first row.
 *
 * <p>The rows are divided into parts of some 25 steps, each short enough for a printed page. An SVG repeats the lanes'
 * names above every part; an HTML page makes each part a picture of its own, which a printer doesn't cut in two.
 */
final class Layout {

    private static final int STEPS_IN_PART = 25;
    /** With a heading and the rest below it, this just fits on a sheet of paper; wider diagrams are printed smaller. */
    private static final int HEIGHT_OF_PART = 660;
    /** A rest of this height isn't worth the lanes' names once more. */
    private static final int REST = 160;

    private static final int TAIL = 14;
    private static final int HEADER_MARGIN = 6;

    private final Diagram diagram;
    private final Geometry geometry;
    private final Flights flights;
    private final List<Row> rows;
    private final List<Integer> numbers;
    private final List<String> sentences;
    private final List<Integer> partStarts;
    private final int[] tops;
    private final int height;

    /** Rows from {@code first} to before {@code end}, which take the room from {@code top} to {@code bottom}. */
    record Part(int first, int end, int top, int bottom) {}

    /** With {@code headersBetween} there is room above every part but the first for the lanes' names. */
    Layout(Diagram diagram, boolean headersBetween) {
        this.diagram = diagram;
        this.geometry = Geometry.of(diagram);
        this.flights = new Flights(diagram, geometry);
        this.rows = new RowPainter(diagram, geometry, flights).rows();
        this.numbers = diagram.numbers();
        this.sentences = new Narrative(diagram).sentences();
        // A screen has no pages: there a part may be as high as its steps are.
        this.partStarts = partStarts(headersBetween ? Integer.MAX_VALUE : sheetHeight());
        this.tops = new int[rows.size()];
        int y = 0;
        for (int index = 0; index < tops.length; index++) {
            if (headersBetween && index > 0 && partStarts.contains(index)) {
                y += headerHeight();
            }
            tops[index] = y;
            y += rows.get(index).height();
        }
        this.height = y + TAIL;
    }

    Geometry geometry() {
        return geometry;
    }

    int height() {
        return height;
    }

    Set<Mark> marks() {
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        rows.forEach(row -> marks.addAll(row.marks()));
        return marks;
    }

    /** The room that every label takes. */
    List<Box> labels() {
        List<Box> labels = new ArrayList<>();
        for (int index = 0; index < tops.length; index++) {
            for (Box label : rows.get(index).labels()) {
                labels.add(label.down(tops[index]));
            }
        }
        return List.copyOf(labels);
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int part = 0; part < partStarts.size(); part++) {
            int first = partStarts.get(part);
            boolean last = part == partStarts.size() - 1;
            int end = last ? rows.size() : partStarts.get(part + 1);
            int top = first == 0 ? 0 : tops[first];
            parts.add(new Part(first, end, top, last ? height : tops[end]));
        }
        return List.copyOf(parts);
    }

    int headerHeight() {
        int lines = geometry.lanes().stream()
                .mapToInt(lane -> laneName(lane).count())
                .max()
                .orElse(1);
        return lines * Geometry.LABEL_LINE + 12 + 2 * HEADER_MARGIN;
    }

    /** The lanes' names, in a strip of {@link #headerHeight} from {@code y}. */
    void header(Pen pen, int y) {
        int boxHeight = headerHeight() - 2 * HEADER_MARGIN;
        for (String lane : geometry.lanes()) {
            Lines name = laneName(lane);
            int width = Math.min(geometry.chip(), name.width(Geometry.LABEL_FONT) * 112 / 100 + 28);
            int x = geometry.x(lane);
            int textY = y + HEADER_MARGIN + boxHeight / 2 + 5 - (name.count() - 1) * Geometry.LABEL_LINE / 2;
            pen.open("lanehead", "").title(lane);
            pen.rect("lanebox", x - width / 2, y + HEADER_MARGIN, width, boxHeight, 6);
            pen.lines("lanename", "middle", x, textY, Geometry.LABEL_LINE, name.lines());
            pen.close();
        }
    }

    /** The lanes, what travels along them, and the rows of {@code part}. */
    void body(Pen pen, Part part) {
        new LaneLines(diagram, geometry, this::axisY).draw(pen, part.top(), Math.min(part.bottom(), lanesEnd()));
        for (int index = 0; index < part.end(); index++) {
            for (Flight flight : flights.sentAt(index)) {
                track(pen, flight, part);
            }
        }
        for (int index = part.first(); index < part.end(); index++) {
            row(pen, index);
        }
    }

    /** What {@code part} shows, a sentence for each step. */
    List<String> words(Part part) {
        return sentences.subList(part.first(), part.end());
    }

    /** Where an arrow of the step at {@code index} meets its lane. */
    private int axisY(int index) {
        return tops[index] + rows.get(index).axis();
    }

    /** Behind a verdict at the end, if there is one: nothing goes on after it. */
    private int lanesEnd() {
        int last = rows.size() - 1;
        boolean closed = last >= 0 && diagram.steps().get(last) instanceof Step.Verdict;
        return closed ? axisY(last) : height;
    }

    private void row(Pen pen, int index) {
        Row row = rows.get(index);
        Step step = diagram.steps().get(index);
        String place = "transform=\"translate(0," + tops[index] + ")\"";
        pen.open("row", step.numbered() ? "data-step=\"" + numbers.get(index) + "\" " + place : place);
        pen.title(sentences.get(index));
        pen.rect("band", 0, 0, geometry.width(), row.height(), 0);
        if (step.numbered()) {
            String number = String.valueOf(numbers.get(index));
            pen.text("number", "end", Geometry.NUMBERS - 6, row.axis() + 4, number);
        }
        pen.raw(row.svg()).close();
    }

    private void track(Pen pen, Flight flight, Part part) {
        int top = Math.max(axisY(flight.sent()) + 6, part.top());
        int bottom = Math.min(axisY(flight.arrives()) - 6, part.bottom());
        if (top < bottom) {
            boolean repeated = rows.get(flight.sent()).marks().contains(Mark.REPEATED);
            String kind = repeated ? Mark.REPEATED.cssClass() : Mark.DELAYED.cssClass();
            pen.line("track " + kind, flight.trackX(), top, flight.trackX(), bottom);
        }
    }

    private Lines laneName(String lane) {
        int room = (geometry.chip() - 24) * 100 / 112;
        return Lettering.wrap(lane, Geometry.LABEL_FONT, room, 3);
    }

    private List<Integer> partStarts(int heightOfPart) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        int rest = rows.stream().mapToInt(Row::height).sum();
        int steps = 0;
        int pixels = 0;
        for (int index = 0; index < rows.size(); index++) {
            boolean full = steps >= STEPS_IN_PART || pixels >= heightOfPart;
            if (full && rest > REST && mayStartPart(index)) {
                starts.add(index);
                steps = 0;
                pixels = 0;
            }
            int height = rows.get(index).height();
            steps += diagram.steps().get(index).numbered() ? 1 : 0;
            pixels += height;
            rest -= height;
        }
        return List.copyOf(starts);
    }

    private int sheetHeight() {
        return Math.max(HEIGHT_OF_PART, geometry.width() * 9 / 10);
    }

    /** A remark stays with the step that it is about, and a divider with what it announces. */
    private boolean mayStartPart(int index) {
        boolean divider = diagram.steps().get(index) instanceof Step.Divider;
        boolean afterDivider = index > 0 && diagram.steps().get(index - 1) instanceof Step.Divider;
        return divider || (diagram.steps().get(index).numbered() && !afterDivider);
    }
}
