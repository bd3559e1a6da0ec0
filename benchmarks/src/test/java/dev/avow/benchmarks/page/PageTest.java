package dev.avow.benchmarks.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.benchmarks.Made;
import dev.avow.benchmarks.result.Measured;
import dev.avow.benchmarks.result.Result;
import dev.avow.benchmarks.result.ResultFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PageTest {
    private static final Map<String, String> AVOW = Map.of("manager", "avow");
    private static final Map<String, String> NARAYANA = Map.of("manager", "narayana-journal");
    private static final Map<String, String> NONE = Map.of();

    /** Whatever a browser would fetch; the names of XML's own vocabularies it doesn't. */
    private static final Pattern EXTERNAL =
            Pattern.compile("(src|href)=|@import|url\\((?!#)|<(script|link|iframe|object|embed|image)\\b");

    @TempDir
    private Path folder;

    private Result result() throws IOException {
        Made made = new Made();
        for (int threads : List.of(1, 8)) {
            made.rate("DurableBenchmark.limitOneForce", threads, NONE, 5000, 5100, 4900)
                    .rate("DurableBenchmark.transaction", threads, AVOW, 4000, 4100, 3900)
                    .and(Measured.ALLOCATION, 900)
                    .rate("DurableBenchmark.transaction", threads, NARAYANA, 2000, 2100, 1900)
                    .and(Measured.ALLOCATION, 5900);
        }
        made.rate("ServicesBenchmark.limitStream", 32, NONE, 1000)
                .rate("ServicesBenchmark.transaction", 32, NONE, 1500)
                .and("p50Micros", 2_100)
                .and("p99Micros", 4_200)
                .and("messages", 3.5);
        made.time("ParticipantsBenchmark.commit", 1, Map.of("participants", "100"), 1000)
                .time("ParticipantsBenchmark.commit", 1, Map.of("participants", "1000"), 30_000)
                .rate("OpenLoadBenchmark.load", 1, Map.of("manager", "avow", "rate", "1000"), 1)
                .and("p50Micros", 300)
                .and("p99Micros", 900)
                .rate("OpenLoadBenchmark.load", 1, Map.of("manager", "atomikos", "rate", "1000"), 1)
                .and("p99Micros", 1800)
                .rate("ProtocolBenchmark.<step & more>", 1, NONE, 7);
        return ResultFile.read(made.in(folder.resolve("result.json")));
    }

    private static String judgment(Result result, String target) {
        return Targets.table(result).rows().stream()
                .filter(row -> row.get(0).equals(target))
                .map(row -> row.get(row.size() - 1))
                .findFirst()
                .orElse("no such target");
    }

    @Test
    void a_target_is_met_or_not_or_not_measured() throws IOException {
        Result result = result();
        assertEquals(Targets.NOT_MET, judgment(result, "durable, 1 thread, of the limit"));
        assertEquals(Targets.MET, judgment(result, "durable, 8 threads, of the best peer"));
        assertEquals(Targets.NOT_MEASURED, judgment(result, "durable, 32 threads, of the limit"));
        assertEquals(Targets.MET, judgment(result, "p99 at 32 threads, durable, of the best peer's"));
        assertEquals(Targets.NOT_MET, judgment(result, "cost of each of 1,000 participants, of that of each of 100"));
        String page = new Page(result, Optional.empty()).html();
        assertTrue(page.contains("<td class=\"bad\">not met</td>"), "not met must be seen");
    }

    @Test
    void the_page_needs_nothing_beside_itself() throws IOException {
        String page = new Page(result(), Optional.empty()).html();
        assertFalse(EXTERNAL.matcher(page).find(), page);
    }

    @Test
    void the_page_is_well_formed_and_has_its_charts() throws Exception {
        String page = new Page(result(), Optional.empty()).html();
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page)));
        assertEquals(4, document.getElementsByTagName("svg").getLength());
    }

    @Test
    void markdown_holds_targets_and_figures() throws IOException {
        String markdown = new Page(result(), Optional.empty()).markdown();
        assertTrue(markdown.contains("| durable, 1 thread, of the limit | at least 0.9 | 0.8 ("), markdown);
        assertTrue(markdown.contains("| 8 | 2,000 |"), markdown);
        assertFalse(markdown.contains("<svg"), markdown);
        assertTrue(markdown.contains("| 32 | 1,500 |  | 1.50 | 2,100 | 4,200 | 3.5 | transaction |"), markdown);
    }

    @Test
    void one_plain_result_of_jmh_makes_a_page() throws IOException {
        Result result = ResultFile.read(
                new Made().rate("VolatileBenchmark.limitCheapest", 1, NONE, 9e6).in(folder.resolve("one.json")));
        assertTrue(new Page(result, Optional.empty()).html().contains("9,000,000"));
    }
}
