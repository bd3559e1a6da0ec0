package dev.avow.cli.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.cli.diagram.Layout.Part;
import dev.avow.cli.diagram.Row.Box;
import dev.avow.cli.diagram.Step.Arrival;
import dev.avow.cli.diagram.Step.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayoutTest {

    private static final List<Fate> FATES = List.of(Fate.values());

    @Test
    void labels_do_not_overlap_and_stay_inside() {
        for (Diagram diagram : Runs.page().diagrams()) {
            assertApart(diagram);
        }
    }

    @Test
    void labels_do_not_overlap_in_random_runs() {
        for (int seed = 0; seed < 200; seed++) {
            assertApart(random(seed));
        }
    }

    @Test
    void parts_follow_each_other_and_hold_every_row() {
        for (int seed = 0; seed < 50; seed++) {
            Diagram diagram = random(seed);
            Layout layout = new Layout(diagram, seed % 2 == 0);
            int row = 0;
            int y = 0;
            for (Part part : layout.parts()) {
                assertEquals(row, part.first());
                assertTrue(part.top() >= y);
                row = part.end();
                y = part.bottom();
            }
            assertEquals(diagram.steps().size(), row);
            assertEquals(layout.height(), y);
        }
    }

    @Test
    void a_remark_is_never_parted_from_its_step() {
        for (int seed = 0; seed < 50; seed++) {
            Diagram diagram = random(seed);
            for (Part part : new Layout(diagram, false).parts()) {
                Step first = diagram.steps().get(part.first());
                assertTrue(part.first() == 0 || first.numbered() || first instanceof Step.Divider, "seed " + seed);
            }
        }
    }

    @Test
    void late_messages_to_one_lane_travel_beside_each_other() {
        List<Step> steps = new ArrayList<>();
        for (int index = 0; index < 4; index++) {
            steps.add(new Message("a", "b", "m" + index, Fate.DELAYED));
        }
        for (int index = 3; index >= 0; index--) {
            steps.add(new Arrival(index));
        }
        Diagram diagram = new Diagram("reordered", List.of("a", "b"), steps);
        Flights flights = new Flights(diagram, Geometry.of(diagram));

        long tracks = List.of(4, 5, 6, 7).stream()
                .map(index -> flights.arrivingAt(index).trackX())
                .distinct()
                .count();
        assertEquals(4, tracks);
    }

    private static void assertApart(Diagram diagram) {
        Layout layout = new Layout(diagram, true);
        List<Box> labels = layout.labels();
        for (int index = 0; index < labels.size(); index++) {
            Box label = labels.get(index);
            boolean inside = label.x() >= Geometry.NUMBERS
                    && label.x() + label.width() <= layout.geometry().width();
            assertTrue(inside, () -> diagram.title() + ": outside: " + label);
            for (Box other : labels.subList(0, index)) {
                assertFalse(label.overlaps(other), () -> diagram.title() + ": " + label + " overlaps " + other);
            }
        }
    }

    /** Any steps in any order, with labels from none to far too long. */
    private static Diagram random(int seed) {
        Random random = new Random(seed);
        List<String> lanes = new ArrayList<>();
        int laneCount = 1 + random.nextInt(8);
        for (int lane = 0; lane < laneCount; lane++) {
            lanes.add("p" + lane + "-participant".repeat(random.nextInt(4)));
        }
        List<Step> steps = new ArrayList<>();
        for (int index = 0; index < 80; index++) {
            steps.add(randomStep(random, lanes, steps));
        }
        return new Diagram("seed " + seed, lanes, steps);
    }

    private static Step randomStep(Random random, List<String> lanes, List<Step> before) {
        String lane = lanes.get(random.nextInt(lanes.size()));
        String other = lanes.get(random.nextInt(lanes.size()));
        String label = "Wide MESSAGE 界 ".repeat(random.nextInt(5) * random.nextInt(5)) + "x".repeat(random.nextInt(60));
        return switch (random.nextInt(14)) {
            case 0 -> new Step.Local(lane, label);
            case 1 -> new Step.Force(lane, label);
            case 2 -> new Step.Unforced(lane, label);
            case 3 -> new Step.Crash(lane);
            case 4 -> new Step.Restart(lane, label);
            case 5 -> new Step.StateChange(lane, label);
            case 6 -> new Step.Divider(label);
            case 7 -> new Step.Violation("Agreement", lane, label);
            case 8 -> new Step.Verdict(label, random.nextBoolean());
            case 9, 10 -> new Message(lane, other, label, FATES.get(random.nextInt(FATES.size())));
            default -> lateArrival(random, before);
        };
    }

    private static Step lateArrival(Random random, List<Step> before) {
        for (int index = 0; index < before.size(); index++) {
            boolean late = before.get(index) instanceof Message message
                    && message.fate().mayArriveLater();
            if (late && random.nextInt(3) == 0) {
                return new Arrival(index);
            }
        }
        return new Step.Divider("nothing is late");
    }
}
