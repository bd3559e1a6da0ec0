package dev.avow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avow.engine.Avow;
import dev.avow.engine.CommitRecord;
import dev.avow.engine.CoordinatorStatus;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.KeyValueStore;
import dev.avow.engine.LogInspection;
import dev.avow.engine.LogOptions;
import dev.avow.engine.RememberedOutcome.Ending;
import dev.avow.engine.Resolution;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What someone on call does at 3 a.m.: looks, and ends what can't end by itself. */
class StatusAndResolveTest {
    private static final Instant NOW = Instant.parse("2025-06-15T03:00:00Z");

    @TempDir
    private Path log;

    private static Run run(Optional<UnaryOperator<String>> terminal, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings around = new Surroundings(
                new PrintWriter(out, true), Clock.fixed(NOW, ZoneOffset.UTC), "ada", () -> {}, terminal);
        int code = Main.run(
                around,
                new PrintWriter(err, true),
                Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }

    private static Run run(Object... arguments) {
        return run(Optional.empty(), arguments);
    }

    private static JsonNode json(Run run) throws Exception {
        assertEquals(0, run.code(), run::toString);
        return new ObjectMapper().readTree(run.out());
    }

    private static void assertRefused(int code, String words, Run run) {
        assertEquals(code, run.code(), run::toString);
        assertEquals(1, run.err().lines().count(), run::toString);
        assertTrue(run.err().contains(words), run::toString);
    }

    private Run resolve(String name, Object... more) {
        return run(Stream.concat(Stream.of("resolve", log, name, "--reason", "disk lost"), Stream.of(more))
                .toArray());
    }

    private TransactionId crippled(String name) {
        try (Crippled coordinator = new Crippled(log, Set.of())) {
            return coordinator.commit(name);
        }
    }

    private void awaitStatus(String words) {
        long deadlineNanos = System.nanoTime() + 20_000_000_000L;
        while (CoordinatorStatus.in(log).stream()
                .noneMatch(status -> status.toString().contains(words))) {
            assertTrue(System.nanoTime() < deadlineNanos, words + " doesn't come");
            Thread.onSpinWait();
        }
    }

    @Test
    void a_live_coordinator_says_whom_it_waits_for_since_when_why_and_when_it_tries_again() throws Exception {
        try (Crippled coordinator = new Crippled(log, Set.of())) {
            Run healthy = run("status", log);
            assertEquals(0, healthy.code(), healthy::toString);
            assertTrue(
                    healthy.out()
                            .contains(
                                    "open in process " + ProcessHandle.current().pid()),
                    healthy::toString);
            assertTrue(healthy.out().contains("Not done: nothing"), healthy::toString);
            TransactionId id = coordinator.commit("O001");
            awaitStatus("connection refused");
            Run run = run("status", log);
            assertTrue(run.out().contains("O001  " + id + "  commit, to be told to payments  since "), run::toString);
            assertTrue(run.out().contains("connection refused"), run::toString);
            JsonNode pending = json(run("status", log, "--json")).get("pending").get(0);
            assertEquals("commit", pending.get("task").asText());
            assertEquals("payments", pending.get("participant").asText());
            assertTrue(pending.get("attempts").asInt() > 0);
            assertFalse(pending.get("since").isNull());
        }
    }

    @Test
    void a_closed_log_says_what_waits_for_the_next_start_and_what_a_person_must_settle() throws Exception {
        TransactionId id = crippled("O001");
        try (DecisionLog open = DecisionLog.open(log)) {
            open.appendHeuristic(new HeuristicRecord(id, "O001", "orders", "abort", "commit"));
        }
        Run run = run("status", log);
        assertTrue(
                run.out().contains("O001  " + id + "  commit, to be told to payments  since an earlier start"),
                run::toString);
        assertTrue(run.out().contains("For a person to settle: 1"), run::toString);
        JsonNode page = json(run("status", log, "--json"));
        assertEquals("orders", page.get("heuristics").get(0).get("participant").asText());
        assertTrue(page.get("pending").get(0).get("since").isNull());
    }

    /** As a coordinator leaves it that was killed in this very process's number, or long before another opened the log. */
    private void leaveStatus(long process, int incarnation) throws IOException {
        Files.writeString(
                log.resolve("status"),
                "avow status\t1\t" + process + "\t" + incarnation + "\nstopped\tworn out\nend\n");
    }

    @Test
    void a_status_that_somebody_else_has_left_is_not_believed() throws Exception {
        TransactionId id = crippled("O001");
        long here = ProcessHandle.current().pid();
        for (long[] left : List.of(new long[] {here, 2}, new long[] {here + 1_000_000_000L, 1}, new long[] {here, 0})) {
            leaveStatus(left[0], (int) left[1]);
            String shown = run("status", log).out();
            assertTrue(shown.contains("O001  " + id + "  commit, to be told to payments"), shown);
            assertFalse(shown.contains("worn out") || shown.contains("open in process"), shown);
        }
        leaveStatus(here, 1);
        assertTrue(run("status", log).out().contains("It decides nothing any more: worn out"));
    }

    @Test
    void a_clock_that_was_set_back_an_hour_is_told_of_and_harms_nothing() throws Exception {
        crippled("O001");
        leaveStatus(0, 1);
        Files.setLastModifiedTime(log.resolve("status"), FileTime.from(NOW.plusSeconds(3_600)));
        Run run = run("status", log);
        assertEquals(0, run.code(), run::toString);
        assertTrue(
                run.out().contains("The clock has been set back: what follows was written at 2025-06-15T04:00:00Z"),
                run::toString);
        assertTrue(run.out().contains("O001"), run::toString);
        Files.setLastModifiedTime(log.resolve("status"), FileTime.from(NOW));
        assertFalse(run("status", log).out().contains("The clock"));
    }

    @Test
    void the_oldest_stand_first() throws Exception {
        try (Crippled coordinator = new Crippled(log, Set.of())) {
            for (String name : List.of("O001", "O002", "O003", "O004")) {
                coordinator.commit(name);
            }
            awaitStatus("O004");
            JsonNode pending = json(run("status", log, "--json")).get("pending");
            for (int i = 1; i < pending.size(); i++) {
                assertTrue(
                        Instant.parse(pending.get(i - 1).get("since").asText())
                                        .compareTo(Instant.parse(
                                                pending.get(i).get("since").asText()))
                                <= 0,
                        pending::toString);
            }
        }
    }

    @Test
    void a_resolution_forgets_no_outcome() {
        LogOptions many = LogOptions.defaults().withRememberedOutcomes(2_000);
        try (DecisionLog open = DecisionLog.open(log, many)) {
            for (int sequence = 1; sequence <= 1_500; sequence++) {
                TransactionId id = TransactionId.of(open.coordinator(), open.incarnation(), sequence);
                open.appendAborted(id, "O" + sequence);
            }
            TransactionId left = TransactionId.of(open.coordinator(), open.incarnation(), 2_000);
            open.appendCommit(new CommitRecord(left, "O2000", List.of("payments")));
        }
        assertEquals(0, resolve("O2000", "--commit", "--yes").code());
        assertEquals(1_501, LogInspection.of(log).remembered().size());
    }

    @Test
    void of_two_transactions_of_one_name_the_id_must_be_given() throws Exception {
        crippled("O001");
        TransactionId second = crippled("O001");
        assertRefused(2, "there are 2 transactions called O001: give the id", resolve("O001", "--commit", "--yes"));
        assertEquals(0, resolve(second.toString(), "--commit", "--yes").code());
    }

    @Test
    void a_reason_without_end_is_refused() {
        crippled("O001");
        assertRefused(
                2,
                "has 70000 bytes of UTF-8: use at most 65535",
                run("resolve", log, "O001", "--commit", "--yes", "--reason", "x".repeat(70_000)));
    }

    @Test
    void a_commit_that_cannot_be_told_is_ended_on_the_record() throws Exception {
        TransactionId id = crippled("O001");
        Run run = resolve("O001", "--commit", "--participant", "payments", "--yes");
        assertEquals(0, run.code(), run::toString);
        assertEquals(
                "O001 (" + id + ") is resolved as committed at payments.",
                run.outLines().get(0));
        LogInspection left = LogInspection.of(log);
        assertEquals(
                List.of(new Resolution(id, "O001", "payments", Ending.COMMITTED, false, "ada", NOW, "disk lost")),
                left.resolutions());
        assertTrue(run("status", log).out().contains("For a person to settle: nothing"));
        Run shown = run("log", log);
        assertTrue(shown.out().contains("Resolved by a person: 1"), shown::toString);
        assertTrue(shown.out().contains("payments committed  2025-06-15T03:00:00Z by ada: disk lost"), shown::toString);
    }

    @Test
    void an_outcome_in_which_a_person_had_a_say_tells_of_that_person() {
        TransactionId id = crippled("O001");
        assertEquals(0, resolve("O001", "--commit", "--yes").code());
        assertEquals(
                List.of(
                        "O001 (" + id + "): the decision was commit, and nobody is left to be told.",
                        "O001 (" + id
                                + "): counted as committed at orders, since 2025-06-15T03:00:00Z by ada: disk lost",
                        "O001 (" + id
                                + "): counted as committed at payments, since 2025-06-15T03:00:00Z by ada: disk lost"),
                run("outcome", log, "O001").outLines());
    }

    @Test
    void what_contradicts_the_decision_is_refused_and_if_forced_stands_there_until_it_is_settled() throws Exception {
        TransactionId id = crippled("O001");
        assertRefused(1, "--force", resolve("O001", "--abort", "--participant", "payments", "--yes"));
        assertEquals(List.of(), LogInspection.of(log).resolutions());
        JsonNode page = json(resolve("O001", "--abort", "--participant", "payments", "--yes", "--force", "--json"));
        assertTrue(page.get("resolved").get(0).get("forced").asBoolean());
        assertEquals(
                List.of(new HeuristicRecord(id, "O001", "payments", "abort", "commit")),
                LogInspection.of(log).heuristics());
        // As a person who has refunded it says: what was done alone stays.
        Run settled = resolve("O001", "--abort", "--participant", "payments", "--yes", "--force");
        assertEquals(0, settled.code(), settled::toString);
        assertEquals(List.of(), LogInspection.of(log).heuristics());
        assertEquals(2, LogInspection.of(log).resolutions().size());
    }

    @Test
    void a_person_is_asked_and_only_yes_is_yes() {
        crippled("O001");
        Object[] words = {"resolve", log, "O001", "--commit", "--reason", "gone"};
        assertRefused(2, "Add --yes", run(words));
        assertRefused(1, "nothing was changed", run(Optional.of(question -> "y"), words));
        assertEquals(List.of(), LogInspection.of(log).resolutions());
        Run yes = run(
                Optional.of(question -> {
                    assertTrue(question.contains("O001") && question.contains("ada"), question);
                    return "yes";
                }),
                words);
        assertEquals(0, yes.code(), yes::toString);
        assertFalse(LogInspection.of(log).resolutions().isEmpty());
    }

    @Test
    void a_log_in_use_names_the_process_and_what_to_do() {
        try (Crippled coordinator = new Crippled(log, Set.of())) {
            coordinator.commit("O001");
            assertRefused(
                    1,
                    "open in process " + ProcessHandle.current().pid()
                            + ". Stop that one and run this again, or have it call" + " Avow.settle",
                    resolve("O001", "--commit", "--yes"));
        }
    }

    @Test
    void what_is_not_there_is_met_with_the_nearest_name() throws Exception {
        crippled("O001");
        assertRefused(2, "O002 is neither unfinished nor contradicted in " + log, resolve("O002", "--commit", "--yes"));
        assertRefused(2, "did you mean O001?", resolve("O01", "--commit", "--yes"));
        assertRefused(
                2,
                "stock has nothing to be resolved in O001",
                resolve("O001", "--commit", "--participant", "stock", "--yes"));
        assertRefused(2, "blank", run("resolve", log, "O001", "--commit", "--reason", " "));
        assertRefused(2, "blank", resolve(" ", "--commit"));
        assertRefused(2, "mutually exclusive", resolve("O001", "--commit", "--abort"));
        assertRefused(2, "--commit", resolve("O001"));
        assertRefused(2, "--reason", run("resolve", log, "O001", "--commit"));
        Path empty = Files.createDirectory(log.resolve("empty"));
        for (Path wrong : List.of(log.resolve("missing"), empty, Files.createFile(log.resolve("file")))) {
            assertRefused(2, String.valueOf(wrong), run("status", wrong));
            assertRefused(2, String.valueOf(wrong), run("resolve", wrong, "O1", "--abort", "--reason", "x", "--yes"));
        }
        assertEquals(List.of(), LogInspection.of(log).resolutions());
    }

    @Test
    void a_damaged_log_is_shown_and_not_changed() throws Exception {
        crippled("O001");
        Path segment;
        try (Stream<Path> files = Files.list(log)) {
            segment = files.filter(file -> file.toString().endsWith(".avow"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] damaged = Files.readAllBytes(segment);
        damaged[4_170] ^= 1;
        Files.write(segment, damaged);
        Run status = run("status", log);
        assertRefused(1, "is damaged at byte 4160", status);
        assertTrue(status.out().contains("Not done: unknown; none was read before the damage"), status::toString);
        assertRefused(1, "is damaged at byte 4160", resolve("O001", "--commit", "--yes"));
    }

    @Test
    void a_branch_in_doubt_is_decided_alone_in_its_participants_directory() throws Exception {
        Path directory = log.resolve("accounts");
        TransactionId id;
        KeyValueStore store = KeyValueStore.open(directory, "accounts");
        try (Avow avow = Avow.open(log.resolve("log"), store);
                Transaction transaction = avow.begin("O001")) {
            store.put(transaction, "alice", "90");
            id = transaction.id();
            store.prepare(id);
            store.close();
        }
        assertTrue(run("status", directory).out().contains("In doubt: 1"));
        assertRefused(2, "is a participant's log, not a coordinator's: avow status", run("log", directory));
        assertRefused(2, "is a participant's log, not a coordinator's: avow status", run("outcome", directory, id));
        assertEquals(
                id.toString(),
                json(run("status", directory, "--json")).get("inDoubt").get(0).asText());
        assertRefused(2, "there is " + id, run("resolve", directory, "O001", "--commit", "--reason", "x", "--yes"));
        assertRefused(
                2,
                "--participant nobody has no meaning here",
                run("resolve", directory, id, "--commit", "--participant", "nobody", "--reason", "x", "--yes"));
        Run run = run("resolve", directory, id, "--commit", "--reason", "locks block all", "--yes");
        assertEquals(0, run.code(), run::toString);
        String shown = run("status", directory).out();
        assertTrue(shown.contains("Decided alone: 1") && shown.contains("by ada: locks block all"), shown);
        assertEquals(
                "locks block all",
                json(run("status", directory, "--json"))
                        .get("resolutions")
                        .get(0)
                        .get("why")
                        .asText());
        assertRefused(
                1, "can't be undone", run("resolve", directory, id, "--abort", "--reason", "x", "--yes", "--force"));
        try (KeyValueStore reopened = KeyValueStore.open(directory, "accounts")) {
            assertEquals(Optional.of("90"), reopened.get("alice"));
        }
    }
}
