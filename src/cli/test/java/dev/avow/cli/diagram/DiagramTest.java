package dev.avow.cli.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avow.cli.diagram.Step.Arrival;
import dev.avow.cli.diagram.Step.Crash;
import dev.avow.cli.diagram.Step.Message;
import dev.avow.cli.diagram.Step.StateChange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagramTest {

    private static final List<String> LANES = List.of("coordinator", "orders");

    @Test
    void an_unknown_lane_is_named_beside_the_known_ones() {
        assertEquals(
                "step index 1, Crash[lane=payments], names the lane \"payments\", but the lanes are: coordinator, orders",
                refusal(LANES, List.of(Runs.sent("coordinator", "orders", "prepare"), new Crash("payments"))));
    }

    @Test
    void a_message_to_an_unknown_lane_is_refused() {
        assertEquals(
                "step index 0, Message[from=orders, to=nobody, label=vote yes, fate=LOST], names the lane \"nobody\","
                        + " but the lanes are: coordinator, orders",
                refusal(LANES, List.of(new Message("orders", "nobody", "vote yes", Fate.LOST))));
    }

    @Test
    void an_arrival_needs_an_earlier_message() {
        assertEquals(
                "step index 0 is the arrival of the step with index 1, which isn't before it: name the message's index,"
                        + " from 0",
                refusal(LANES, List.of(new Arrival(1), new Message("orders", "coordinator", "ack", Fate.DELAYED))));
        assertEquals(
                "step index 1 is the arrival of the step with index 0, which is no message but Crash[lane=orders]",
                refusal(LANES, List.of(new Crash("orders"), new Arrival(0))));
        assertThrows(IllegalArgumentException.class, () -> new Diagram("run", LANES, List.of(new Arrival(-1))));
    }

    @Test
    void a_message_that_was_delivered_or_lost_does_not_arrive_later() {
        for (Fate fate : List.of(Fate.DELIVERED, Fate.LOST)) {
            assertEquals(
                    "step index 1 is the arrival of the step with index 0, a message that is " + fate
                            + ": only DELAYED and REPEATED ones arrive later",
                    refusal(LANES, List.of(new Message("orders", "coordinator", "ack", fate), new Arrival(0))));
        }
    }

    @Test
    void lanes_are_there_and_have_names_of_their_own() {
        assertEquals("the diagram \"run\" has no lanes: name at least one process", refusal(List.of(), List.of()));
        assertEquals("a lane of the diagram \"run\" has a blank name", refusal(List.of("a", " "), List.of()));
        assertEquals(
                "the diagram \"run\" has the lane \"a\" twice: give each process its own name",
                refusal(List.of("a", "b", "a"), List.of()));
    }

    @Test
    void a_page_has_a_diagram() {
        assertEquals(
                "the page \"runs\" has no diagram: give it at least one",
                assertThrows(IllegalArgumentException.class, () -> new DiagramPage("runs", "", List.of()))
                        .getMessage());
    }

    @Test
    void what_happened_has_a_number_and_a_remark_has_its_step_s() {
        Diagram diagram = new Diagram(
                "run",
                LANES,
                List.of(
                        Runs.sent("coordinator", "orders", "prepare"),
                        new StateChange("orders", "prepared"),
                        Runs.sent("orders", "coordinator", "vote yes")));

        assertEquals(List.of(1, 1, 2), diagram.numbers());
    }

    @Test
    void a_diagram_keeps_its_own_lists() {
        List<String> lanes = new ArrayList<>(LANES);
        List<Step> steps = new ArrayList<>(List.of(new Crash("orders")));
        Diagram diagram = new Diagram("run", lanes, steps);
        lanes.clear();
        steps.clear();

        assertEquals(LANES, diagram.lanes());
        assertEquals(List.of(new Crash("orders")), diagram.steps());
    }

    private static String refusal(List<String> lanes, List<Step> steps) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new Diagram("run", lanes, steps));
        return String.valueOf(refusal.getMessage());
    }
}
