package dev.avow.cli.diagram;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Reads a rendered document back, as any XML reader would. */
final class Drawn {

    private Drawn() {}

    static Element parse(String markup) {
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(markup.getBytes(StandardCharsets.UTF_8)));
            return document.getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError("not well-formed: " + e.getMessage() + "\n" + markup, e);
        }
    }

    /** The row of the step with {@code number}. */
    static Element step(Element root, int number) {
        return all(root, "g").stream()
                .filter(group -> group.getAttribute("data-step").equals(String.valueOf(number)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no step " + number));
    }

    static List<Element> all(Element root, String name) {
        NodeList nodes = root.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int index = 0; index < nodes.getLength(); index++) {
            if (nodes.item(index) instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    /** The elements below {@code root} with every one of {@code classes}, separated by spaces. */
    static List<Element> ofClass(Element root, String classes) {
        return all(root, "*").stream()
                .filter(element -> List.of(element.getAttribute("class").split(" ", -1))
                        .containsAll(List.of(classes.split(" ", -1))))
                .toList();
    }

    static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    /** The text of the first {@code name} directly or indirectly below {@code root}. */
    static String text(Element root, String name) {
        return all(root, name).get(0).getTextContent();
    }

    static String text(Element element) {
        return element.getTextContent();
    }
}
