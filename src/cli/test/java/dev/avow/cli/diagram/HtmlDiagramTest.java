package dev.avow.cli.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.cli.diagram.Step.Local;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class HtmlDiagramTest {

    @Test
    void every_run_is_there_with_every_step_once() {
        Element root = Drawn.parse(HtmlDiagram.render(Runs.page()));
        List<Element> sections = Drawn.all(root, "section");

        assertEquals(4, sections.size());
        for (int run = 0; run < sections.size(); run++) {
            Diagram diagram = Runs.page().diagrams().get(run);
            assertEquals(diagram.title(), Drawn.text(sections.get(run), "h2"));
            assertEquals(
                    diagram.steps().size(),
                    Drawn.ofClass(sections.get(run), "row").size());
            assertEquals(
                    diagram.steps().size(), Drawn.all(sections.get(run), "li").size());
        }
    }

    @Test
    void the_contents_say_how_each_run_ended() {
        Element contents =
                Drawn.all(Drawn.parse(HtmlDiagram.render(Runs.page())), "nav").get(0);

        assertEquals(
                List.of(
                        "✓ Both participants committed; nothing is left in the log.",
                        "✓ Both aborted. Nothing was forced for the abort (PresumedAbort).",
                        "✓ The decision survived the crash (DecisionDurable).",
                        "✗ Agreement is broken"),
                Drawn.all(contents, "span").stream().map(Drawn::text).toList());
    }

    @Test
    void one_run_needs_no_contents_and_no_second_title() {
        Element root = Drawn.parse(HtmlDiagram.render(DiagramPage.of(Runs.commit())));

        assertEquals(Runs.commit().title(), Drawn.text(root, "h1"));
        assertEquals(0, Drawn.all(root, "h2").size());
        assertEquals(0, Drawn.all(root, "nav").size());
    }

    @Test
    void blank_lines_part_the_paragraphs_of_the_intro() {
        Element root = Drawn.parse(
                HtmlDiagram.render(new DiagramPage("runs", "one\nstill one\n \n\ntwo <b>", List.of(Runs.commit()))));

        assertEquals(
                List.of("one\nstill one", "two <b>"),
                Drawn.all(root, "p").stream().map(Drawn::text).toList());
    }

    @Test
    void lane_names_stay_on_the_screen_and_are_repeated_on_paper() {
        String html = HtmlDiagram.render(DiagramPage.of(Runs.faulty()));
        Element root = Drawn.parse(html);

        assertTrue(html.contains(".lanes{position:sticky;top:0"));
        assertEquals(1, Drawn.ofClass(root, "lanes").size());
        assertTrue(Drawn.ofClass(root, "part").size() > 1);
        assertEquals(
                Drawn.ofClass(root, "part").size(),
                Drawn.ofClass(root, "lanes-again").size());
    }

    @Test
    void a_late_message_is_drawn_through_every_part_that_it_crosses() {
        Element root = Drawn.parse(HtmlDiagram.render(DiagramPage.of(Runs.faulty())));

        long parts = Drawn.ofClass(root, "part").stream()
                .filter(part -> Drawn.all(part, "line").stream()
                        .anyMatch(line -> line.getAttribute("class").equals("track repeated")))
                .count();
        assertEquals(2, parts);
    }

    @Test
    void pictures_have_names_and_words_under_ids_that_exist_once() {
        Element root = Drawn.parse(HtmlDiagram.render(Runs.page()));
        Set<String> ids = new HashSet<>();
        for (Element element : Drawn.all(root, "*")) {
            String id = element.getAttribute("id");
            assertTrue(id.isEmpty() || ids.add(id), id);
        }
        for (Element picture : Drawn.all(root, "svg")) {
            String names = picture.getAttribute("aria-labelledby");
            boolean named = !names.isEmpty() && ids.containsAll(List.of(names.split(" ", -1)));
            boolean ornament = picture.hasAttribute("aria-hidden")
                    || (picture.getParentNode() instanceof Element parent && parent.hasAttribute("aria-hidden"));
            assertTrue(named || ornament, picture.getAttribute("viewBox"));
        }
    }

    @Test
    void markup_in_any_text_stays_text() {
        String attack = "</title><script>alert(1)</script><!--";
        Diagram diagram = new Diagram(attack, List.of(attack), List.of(new Local(attack, attack)));
        String html = HtmlDiagram.render(new DiagramPage(attack, attack, List.of(diagram, diagram)));

        assertFalse(html.contains("<script"));
        assertFalse(html.contains("<!--"));
        assertEquals(attack, Drawn.text(Drawn.parse(html), "h1"));
    }

    @Test
    void the_same_page_gives_the_same_text() {
        assertEquals(HtmlDiagram.render(Runs.page()), HtmlDiagram.render(Runs.page()));
    }

    @Test
    void dark_colours_are_for_screens_that_ask_for_them() {
        String html = HtmlDiagram.render(Runs.page());

        assertTrue(html.contains("@media screen and (prefers-color-scheme:dark)"));
        assertTrue(html.contains("@media print"));
    }
}
