package dev.avow.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What PIT says of the protocol module.
 *
 * @param survivors the mutants that no unit test killed, as {@code Class.method: what was changed}
 */
record Mutations(int all, int killed, Set<String> survivors) {
    static final Path REPORT =
            Path.of(System.getProperty("avow.root", ".."), "src", "protocol", "target", "pit-reports", "mutations.xml");

    /**
     * Reads what PIT has left.
     *
     * @param notBefore a report that is older is of an earlier build, and refused
     */
    static Mutations read(Path report, Instant notBefore) {
        try {
            Instant written = Files.getLastModifiedTime(report).toInstant();
            if (written.isBefore(notBefore)) {
                throw new IllegalStateException("PIT's report is of " + written + ", and this build began at "
                        + notBefore + ": run mvn verify without -DskipPitest");
            }
            NodeList mutations = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getElementsByTagName("mutation");
            Set<String> survivors = new TreeSet<>();
            int killed = 0;
            for (int index = 0; index < mutations.getLength(); index++) {
                Element mutation = (Element) mutations.item(index);
                if (mutation.getAttribute("detected").equals("true")) {
                    killed++;
                } else {
                    survivors.add(described(mutation));
                }
            }
            return new Mutations(mutations.getLength(), killed, survivors);
        } catch (IOException failure) {
            throw new UncheckedIOException("PIT has left no report: run mvn verify", failure);
        } catch (ParserConfigurationException | SAXException failure) {
            throw new IllegalStateException("PIT's report can't be read: " + report, failure);
        }
    }

    private static String described(Element mutation) {
        return text(mutation, "mutatedClass").replace("dev.avow.protocol.", "") + "." + text(mutation, "mutatedMethod")
                + ": " + text(mutation, "description");
    }

    private static String text(Element mutation, String name) {
        return mutation.getElementsByTagName(name).item(0).getTextContent();
    }
}
