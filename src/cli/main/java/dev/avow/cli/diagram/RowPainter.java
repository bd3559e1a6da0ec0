package dev.avow.cli.diagram;

import dev.avow.cli.diagram.Step.Arrival;
import dev.avow.cli.diagram.Step.Message;
import java.util.ArrayList;
import java.util.List;

/** Draws each step of a diagram as a row, by the painter for its kind. */
final class RowPainter {

    private final Diagram diagram;
    private final Flights flights;
    private final List<Integer> numbers;
    private final ArrowPainter arrows;
    private final ChipPainter chips;
    private final BannerPainter banners;

    RowPainter(Diagram diagram, Geometry geometry, Flights flights) {
        this.diagram = diagram;
        this.flights = flights;
        this.numbers = diagram.numbers();
        this.arrows = new ArrowPainter(geometry);
        this.chips = new ChipPainter(geometry);
        this.banners = new BannerPainter(geometry);
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int index = 0; index < diagram.steps().size(); index++) {
            rows.add(diagram.steps().get(index).accept(new At(index)));
        }
        return List.copyOf(rows);
    }

    /** The row of the step at one index. */
    private final class At implements Step.Cases<Row> {
        private final int index;

        At(int index) {
            this.index = index;
        }

        @Override
        public Row message(Message step) {
            return arrows.message(step, flights.sentAt(index));
        }

        @Override
        public Row arrival(Arrival step) {
            Flights.Flight flight = flights.arrivingAt(index);
            int sentAt = numbers.get(step.message());
            return arrows.arrival(diagram.messageOf(step), flight, flights.outermostAt(flight), sentAt);
        }

        @Override
        public Row local(Step.Local step) {
            return chips.chip(Mark.ACTION, step.lane(), step.label());
        }

        @Override
        public Row force(Step.Force step) {
            return chips.chip(Mark.FORCED, step.lane(), step.label());
        }

        @Override
        public Row unforced(Step.Unforced step) {
            return chips.chip(Mark.UNFORCED, step.lane(), step.label());
        }

        @Override
        public Row crash(Step.Crash step) {
            return chips.chip(Mark.CRASH, step.lane(), "crash");
        }

        @Override
        public Row restart(Step.Restart step) {
            String label = step.label().isBlank() ? "restart" : step.label();
            return chips.chip(Mark.RESTART, step.lane(), label);
        }

        @Override
        public Row stateChange(Step.StateChange step) {
            return chips.pill(step.lane(), step.state());
        }

        @Override
        public Row divider(Step.Divider step) {
            return banners.divider(step);
        }

        @Override
        public Row violation(Step.Violation step) {
            return banners.violation(step);
        }

        @Override
        public Row verdict(Step.Verdict step) {
            return banners.verdict(step);
        }
    }
}
