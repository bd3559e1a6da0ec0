package dev.avow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.TransactionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two commands on a log that is open meanwhile, as it is when someone on call looks at it. */
class InspectionCommandsTest {
    @TempDir
    private Path folder;

    private DecisionLog log;

    @BeforeEach
    void write() {
        log = DecisionLog.open(folder.resolve("log"));
        log.appendCommit(new CommitRecord(id(1), "O001", List.of("orders", "payments")));
        log.appendEnd(id(1));
        log.appendAborted(id(2), "O002");
        log.appendCommit(new CommitRecord(id(3), "O003", List.of("orders", "payments")));
        log.appendHeuristic(new HeuristicRecord(id(4), "O004", "payments", "abort", "commit"));
        log.appendCommit(new CommitRecord(id(5), "O002", List.of("orders")));
        log.appendCommit(new CommitRecord(id(6), "O\n7", List.of("orders")));
    }

    @AfterEach
    void close() {
        log.close();
    }

    private TransactionId id(int sequence) {
        return TransactionId.of(log.coordinator(), log.incarnation(), sequence);
    }

    @Test
    void a_log_shows_the_unfinished_first() {
        Run run = Run.of("log", folder);

        assertEquals(0, run.code(), run::toString);
        assertTrue(run.out().startsWith("Log in " + folder.resolve("log") + ": coordinator "), run.out());
        assertEquals(
                List.of(
                        "",
                        "Unfinished: 3",
                        "  O003  " + id(3) + "  commit, to be told to orders and payments",
                        "  O002  " + id(5) + "  commit, to be told to orders",
                        "  O 7   " + id(6) + "  commit, to be told to orders",
                        "",
                        "For a person to settle: 1",
                        "  O004  " + id(4) + "  payments decided abort alone; the decision was commit",
                        "",
                        "Finished and still remembered: 2",
                        "  O001  " + id(1) + "  committed",
                        "  O002  " + id(2) + "  aborted"),
                run.outLines().subList(1, run.outLines().size()));
        assertEquals(run.out(), Run.of("log", folder.resolve("log")).out());
    }

    @Test
    void an_outcome_is_told_by_name_and_by_id() {
        assertOutcome(0, "O001 (" + id(1) + "): committed. ", "O001");
        assertOutcome(0, "O001 (" + id(1) + "): committed. ", id(1).toString());
        assertOutcome(0, "O003 (" + id(3) + "): committing. The decision is to commit; recovery tells it", "O003");
        // The newest of a name.
        assertOutcome(0, "O002 (" + id(5) + "): committing. ", "O002");
        assertOutcome(0, "O002 (" + id(2) + "): aborted. ", id(2).toString());
        assertOutcome(0, "O004 (" + id(4) + "): the decision was commit, but payments decided abort alone", "O004");
        assertOutcome(1, "O9: no record. If it ever began, it is running now, aborted by presumption, left to", "O9");
    }

    private JsonNode outcome(int code, String name) throws Exception {
        Run run = Run.of("outcome", folder, name, "--json");
        assertEquals(code, run.code(), run::toString);
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void an_outcome_for_programs() throws Exception {
        JsonNode committing = outcome(0, "O003");
        assertEquals(id(3).toString(), committing.get("id").asText());
        assertEquals("committing", committing.get("ending").asText());
        assertEquals("[\"orders\",\"payments\"]", committing.get("participants").toString());
        assertEquals("aborted", outcome(0, id(2).toString()).get("ending").asText());
        JsonNode alone = outcome(0, "O004");
        assertTrue(alone.get("ending").isNull());
        assertEquals(
                "payments", alone.get("heuristics").get(0).get("participant").asText());
        JsonNode unknown = outcome(1, "O\u001b9");
        assertEquals("O\u001b9", unknown.get("asked").asText());
        assertTrue(unknown.get("id").isNull());
        assertTrue(unknown.get("damage").isNull());
    }

    @Test
    void a_blank_name_is_refused() {
        Run run = Run.of("outcome", folder, " ");
        assertEquals(2, run.code(), run::toString);
        assertTrue(run.err().startsWith("avow outcome: the NAME is blank"), run::toString);
    }

    private void assertOutcome(int code, String beginning, String name) {
        Run run = Run.of("outcome", folder, name);
        assertEquals(code, run.code(), run::toString);
        assertEquals(1, run.out().lines().count(), run::toString);
        assertTrue(run.out().startsWith(beginning), run::toString);
    }

    @Test
    void what_is_no_log_is_refused_in_one_line() throws Exception {
        Path missing = folder.resolve("missing");
        Path file = Files.createFile(folder.resolve("file"));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        for (List<Object> words : List.of(
                List.<Object>of("log", missing),
                List.<Object>of("log", file),
                List.<Object>of("outcome", empty, "O1"))) {
            Run run = Run.of(words.toArray());
            assertEquals(2, run.code(), run::toString);
            assertEquals(1, run.err().lines().count(), run::toString);
            assertTrue(run.err().contains(String.valueOf(words.get(1))), run::toString);
            assertEquals("", run.out());
        }
    }
}
