package dev.avow.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What Surefire and Failsafe wrote about one module's tests, by the class that each test case names. */
final class TestReports {
    private final Map<String, List<String>> ran = new HashMap<>();
    private final Map<String, List<String>> skipped = new HashMap<>();

    private TestReports() {}

    static TestReports of(Path target, Instant notBefore) {
        TestReports reports = new TestReports();
        reports.readAll(target.resolve("surefire-reports"), notBefore);
        reports.readAll(target.resolve("failsafe-reports"), notBefore);
        return reports;
    }

    /** The method of each test case that ran: once per invocation, without its parameters. */
    List<String> ran(String testClass) {
        return ran.getOrDefault(testClass, List.of());
    }

    List<String> skipped(String testClass) {
        return skipped.getOrDefault(testClass, List.of());
    }

    /** As {@code class#method}. */
    List<String> skipped() {
        return skipped.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(test -> entry.getKey() + "#" + test))
                .sorted()
                .toList();
    }

    private void readAll(Path directory, Instant notBefore) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                boolean ofThisBuild =
                        !Files.getLastModifiedTime(file).toInstant().isBefore(notBefore);
                if (name.startsWith("TEST-") && name.endsWith(".xml") && ofThisBuild) {
                    read(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Path file) throws IOException {
        NodeList cases;
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            cases = factory.newDocumentBuilder().parse(file.toFile()).getElementsByTagName("testcase");
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " is no test report: run `mvn clean` and build again", e);
        }
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            boolean wasSkipped = test.getElementsByTagName("skipped").getLength() > 0;
            (wasSkipped ? skipped : ran)
                    .computeIfAbsent(test.getAttribute("classname"), key -> new ArrayList<>())
                    .add(method(test.getAttribute("name")));
        }
    }

    /** {@code adds(int)[2]} is an invocation of {@code adds}; jqwik shows {@code adds_two} as {@code adds two}. */
    private static String method(String testCase) {
        return testCase.replaceFirst("[(\\[{].*", "").replace(' ', '_');
    }
}
