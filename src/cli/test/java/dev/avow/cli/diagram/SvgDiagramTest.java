package dev.avow.cli.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.cli.diagram.Step.Arrival;
import dev.avow.cli.diagram.Step.Crash;
import dev.avow.cli.diagram.Step.Force;
import dev.avow.cli.diagram.Step.Local;
import dev.avow.cli.diagram.Step.Message;
import dev.avow.cli.diagram.Step.Restart;
import dev.avow.cli.diagram.Step.Unforced;
import dev.avow.cli.diagram.Step.Violation;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class SvgDiagramTest {

    private static final String LEFT = "coordinator";
    private static final String RIGHT = "orders";
    private static final List<String> LANES = List.of(LEFT, RIGHT);

    @Test
    void every_delivered_message_has_an_arrow_from_lane_to_lane() {
        Diagram diagram = Runs.commit();
        Element root = svg(diagram);
        Geometry geometry = Geometry.of(diagram);
        List<Integer> numbers = diagram.numbers();
        int arrows = 0;
        for (int index = 0; index < numbers.size(); index++) {
            if (diagram.steps().get(index) instanceof Message message) {
                Element row = Drawn.step(root, numbers.get(index));
                Element shaft = Drawn.ofClass(row, "shaft delivered").get(0);
                Element head = Drawn.ofClass(row, "head delivered").get(0);
                assertEquals(geometry.x(message.from()), Drawn.number(shaft, "x1"));
                assertTrue(head.getAttribute("d").startsWith("M" + geometry.x(message.to()) + " "), message::toString);
                assertEquals(
                        message.label(), Drawn.text(Drawn.ofClass(row, "label").get(0)));
                arrows++;
            }
        }
        assertEquals(10, arrows);
    }

    @Test
    void a_lost_message_ends_in_a_cross_before_its_receiver() {
        Diagram diagram = run(new Message(LEFT, RIGHT, "commit", Fate.LOST));
        Element row = Drawn.step(svg(diagram), 1);
        Geometry geometry = Geometry.of(diagram);

        Element shaft = Drawn.ofClass(row, "shaft lost").get(0);
        assertEquals(geometry.x(LEFT), Drawn.number(shaft, "x1"));
        assertTrue(Drawn.number(shaft, "x2") < geometry.x(RIGHT) - 10);
        assertEquals(1, Drawn.ofClass(row, "cross lost").size());
        assertEquals(0, Drawn.ofClass(row, "head").size());
    }

    @Test
    void a_delayed_message_arrives_in_its_own_row_and_says_where_it_was_sent() {
        Element root = svg(run(
                new Message(LEFT, RIGHT, "commit", Fate.DELAYED), new Local(RIGHT, "inquiry timeout"), new Arrival(0)));

        assertEquals(0, Drawn.ofClass(Drawn.step(root, 1), "head").size());
        Element arrival = Drawn.step(root, 3);
        assertEquals(1, Drawn.ofClass(arrival, "head delayed").size());
        assertEquals("sent at 1", Drawn.text(Drawn.ofClass(arrival, "small").get(0)));
        Element track = Drawn.all(root, "line").stream()
                .filter(line -> line.getAttribute("class").equals("track delayed"))
                .findFirst()
                .orElseThrow();
        assertEquals(track.getAttribute("x1"), track.getAttribute("x2"));
        assertTrue(Drawn.number(track, "y1") < Drawn.number(track, "y2"));
    }

    @Test
    void a_delayed_message_that_never_arrives_ends_in_a_ring() {
        Element row = firstRow(new Message(RIGHT, LEFT, "ack", Fate.DELAYED));

        assertEquals(1, Drawn.ofClass(row, "ring underway").size());
        assertEquals(0, Drawn.ofClass(row, "head").size());
    }

    @Test
    void a_repeated_message_has_two_heads_and_each_later_copy_one() {
        Element root = svg(run(new Message(LEFT, RIGHT, "commit", Fate.REPEATED), new Arrival(0), new Arrival(0)));

        assertEquals(2, Drawn.ofClass(Drawn.step(root, 1), "head repeated").size());
        assertEquals(1, Drawn.ofClass(Drawn.step(root, 2), "head repeated").size());
        assertEquals(1, Drawn.ofClass(Drawn.step(root, 3), "head repeated").size());
    }

    @Test
    void a_message_to_oneself_is_a_loop_whatever_its_fate() {
        for (Fate fate : Fate.values()) {
            for (String lane : LANES) {
                Element row = firstRow(new Message(lane, lane, "timeout", fate));
                assertEquals("timeout", Drawn.text(Drawn.ofClass(row, "label").get(0)));
            }
        }
        Element row = firstRow(new Message(LEFT, LEFT, "timeout", Fate.DELIVERED));
        assertEquals(1, Drawn.ofClass(row, "head delivered").size());
    }

    @Test
    void a_crash_breaks_its_own_lane_until_the_restart() {
        Diagram diagram = run(
                new Local(LEFT, "works"),
                new Crash(LEFT),
                new Local(RIGHT, "waits"),
                new Restart(LEFT, "incarnation 2"));
        Element root = svg(diagram);
        Geometry geometry = Geometry.of(diagram);

        List<Element> left = lane(root, geometry.x(LEFT));
        assertEquals(
                List.of("lane", "lane down", "lane"),
                left.stream().map(line -> line.getAttribute("class")).toList());
        assertEquals(left.get(0).getAttribute("y2"), left.get(1).getAttribute("y1"));
        assertEquals(left.get(1).getAttribute("y2"), left.get(2).getAttribute("y1"));
        assertEquals(1, lane(root, geometry.x(RIGHT)).size());
    }

    @Test
    void a_process_that_never_restarts_is_down_to_the_end() {
        Diagram diagram = run(new Crash(RIGHT), new Local(LEFT, "waits"));
        List<Element> lane = lane(svg(diagram), Geometry.of(diagram).x(RIGHT));

        assertEquals("lane down", lane.get(lane.size() - 1).getAttribute("class"));
    }

    @Test
    void durable_and_undurable_writes_look_different() {
        Element root = svg(run(new Force(LEFT, "commit record"), new Unforced(LEFT, "end record")));

        assertEquals(1, Drawn.ofClass(Drawn.step(root, 1), "chip forced").size());
        assertEquals(1, Drawn.ofClass(Drawn.step(root, 2), "chip unforced").size());
    }

    @Test
    void a_violation_names_the_rule_and_points_at_the_lane() {
        Diagram diagram = run(new Local(RIGHT, "aborts"), new Violation("Agreement", RIGHT, "orders aborted"));
        Element root = svg(diagram);

        assertEquals(
                "Agreement is broken at orders",
                Drawn.text(Drawn.ofClass(root, "violationrule").get(0)));
        int x = Geometry.of(diagram).x(RIGHT);
        assertTrue(Drawn.ofClass(root, "violation").stream()
                .anyMatch(mark -> mark.getAttribute("d").startsWith("M" + (x - 9) + " ")));
    }

    @Test
    void the_legend_explains_the_marks_that_occur_and_no_others() {
        Element root = svg(run(Runs.sent(LEFT, RIGHT, "prepare"), new Crash(RIGHT)));

        List<String> legend =
                Drawn.ofClass(root, "legendtext").stream().map(Drawn::text).toList();
        assertEquals(List.of(Mark.DELIVERED.meaning(), Mark.CRASH.meaning()), legend);
    }

    @Test
    void long_text_is_shortened_and_whole_in_its_tooltip() {
        String text = "a label that no lane is wide enough for ".repeat(20).strip();
        Element row = firstRow(new Message(LEFT, RIGHT, text, Fate.DELIVERED));

        List<Element> lines = Drawn.ofClass(row, "label");
        assertTrue(Drawn.text(lines.get(lines.size() - 1)).endsWith("…"));
        assertEquals("1. coordinator sends “" + text + "” to orders", Drawn.text(row, "title"));
    }

    @Test
    void markup_in_a_label_stays_text() {
        String attack = "<script>alert(\"1\")</script> & ']]>";
        String svg = SvgDiagram.render(new Diagram(
                attack, List.of(attack), List.of(new Local(attack, attack), new Violation(attack, attack, attack))));

        assertFalse(svg.contains("<script"));
        Element root = Drawn.parse(svg);
        assertEquals(attack, Drawn.text(root, "title"));
        assertEquals(0, Drawn.all(root, "script").size());
    }

    @Test
    void characters_that_xml_forbids_or_that_turn_text_around_are_replaced() {
        Element row = firstRow(new Message(LEFT, RIGHT, "a\u0000b\ud800c\u202ed\uffff", Fate.DELIVERED));

        assertEquals(
                "a\ufffdb\ufffdc\ufffdd\ufffd",
                Drawn.text(Drawn.ofClass(row, "label").get(0)));
    }

    @Test
    void a_screen_reader_gets_a_name_and_the_run_in_words() {
        Element root = svg(Runs.recovery());

        assertEquals("img", root.getAttribute("role"));
        assertEquals("title words", root.getAttribute("aria-labelledby"));
        assertEquals(Runs.recovery().title(), Drawn.text(root, "title"));
        assertTrue(Drawn.text(root, "desc").contains("9. coordinator crashes\n"));
    }

    @Test
    void nothing_outside_the_document_is_needed() {
        String svg = SvgDiagram.render(Runs.faulty()).replace("http://www.w3.org/2000/svg", "");

        for (String reference : List.of("http", "href", "src=", "url(", "@import", "<image", "<script", "onload")) {
            assertFalse(svg.contains(reference), reference);
        }
    }

    @Test
    void the_lanes_names_are_repeated_about_every_25_steps() {
        Diagram faulty = Runs.faulty();
        int headers =
                Drawn.ofClass(svg(faulty), "lanehead").size() / faulty.lanes().size();

        assertEquals(3, headers);
        assertEquals(3, Drawn.ofClass(svg(Runs.recovery()), "lanehead").size());
    }

    @Test
    void the_same_diagram_gives_the_same_bytes_in_every_locale() {
        Locale before = Locale.getDefault();
        String expected = SvgDiagram.render(Runs.faulty());
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertEquals(expected, SvgDiagram.render(Runs.faulty()));
        } finally {
            Locale.setDefault(before);
        }
        assertNotEquals(expected, SvgDiagram.render(Runs.commit()));
    }

    @Test
    void an_empty_run_shows_its_lanes() {
        Element root = svg(run());

        assertEquals(2, Drawn.ofClass(root, "lanehead").size());
        assertEquals(0, Drawn.ofClass(root, "row").size());
    }

    private static Diagram run(Step... steps) {
        return new Diagram("run", LANES, List.of(steps));
    }

    private static Element svg(Diagram diagram) {
        return Drawn.parse(SvgDiagram.render(diagram));
    }

    private static Element firstRow(Step step) {
        return Drawn.step(svg(run(step)), 1);
    }

    private static List<Element> lane(Element root, int x) {
        return Drawn.ofClass(root, "lane").stream()
                .filter(line -> Drawn.number(line, "x1") == x)
                .toList();
    }
}
