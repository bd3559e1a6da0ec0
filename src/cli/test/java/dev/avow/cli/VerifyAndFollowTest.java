package dev.avow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.KeyValueStore;
import dev.avow.engine.LogOptions;
import dev.avow.engine.TransactionId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Looks at every byte, and at what comes. */
class VerifyAndFollowTest {
    private static final LogOptions SMALL = LogOptions.defaults().withSegmentBytes(8_192);

    @TempDir
    private Path log;

    private static CommitRecord commit(DecisionLog open, long sequence) {
        return new CommitRecord(id(open, sequence), "O" + sequence, List.of("orders", "payments"));
    }

    private static TransactionId id(DecisionLog open, long sequence) {
        return TransactionId.of(open.coordinator(), open.incarnation(), sequence);
    }

    /** Every byte but those of the lock, which mustn't be opened a second time in this process. */
    private Map<String, ByteBuffer> content() throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> !file.endsWith("lock"))
                    .collect(Collectors.toMap(Path::toString, VerifyAndFollowTest::bytes, (a, b) -> a, TreeMap::new));
        }
    }

    private static ByteBuffer bytes(Path file) {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path segment() throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> file.toString().endsWith(".avow"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static JsonNode json(Run run) throws Exception {
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void a_live_log_is_checked_without_its_lock_and_goes_on_committing() throws Exception {
        try (DecisionLog open = DecisionLog.open(log, SMALL)) {
            open.appendCommit(commit(open, 1));
            Map<String, ByteBuffer> before = content();
            Run run = Run.of("verify", log);
            assertEquals(0, run.code(), run::toString);
            assertEquals(before, content());
            assertTrue(run.out().contains("the end of the newest segment may move"), run::toString);
            assertTrue(run.out().contains("2 frames"), run::toString);
            open.appendCommit(commit(open, 2));
            Thread writer = new Thread(() -> {
                for (long sequence = 3; sequence <= 300; sequence++) {
                    open.appendCommit(commit(open, sequence));
                    open.appendEnd(id(open, sequence));
                }
            });
            writer.start();
            do {
                Run meanwhile = Run.of("verify", log, "--json");
                assertEquals(0, meanwhile.code(), meanwhile::toString);
                assertTrue(json(meanwhile).get("whole").asBoolean());
            } while (writer.isAlive());
            writer.join();
            assertEquals(
                    List.of(commit(open, 1), commit(open, 2)), open.unfinished().subList(0, 2));
        }
    }

    @Test
    void damage_is_named_with_file_and_offset_and_a_torn_tail_is_harmless() throws Exception {
        try (DecisionLog open = DecisionLog.open(log, SMALL)) {
            open.appendCommit(commit(open, 1));
            open.appendCommit(commit(open, 2));
        }
        byte[] whole = Files.readAllBytes(segment());
        byte[] torn = whole.clone();
        // A frame header that came to the disk without its padding: the edge of a tear.
        int end = 0;
        for (int at = 0; at < whole.length; at++) {
            end = whole[at] != 0 ? at + 1 : end;
        }
        torn[end] = 'A';
        Files.write(segment(), torn);
        Run run = Run.of("verify", log, "--json");
        assertEquals(0, run.code(), run::toString);
        assertEquals(end, json(run).get("files").get(1).get("tornAt").asInt());
        assertTrue(Run.of("verify", log).out().contains("whole up to byte " + end));
        byte[] damaged = whole.clone();
        damaged[4_170] ^= 1;
        Files.write(segment(), damaged);
        Map<String, ByteBuffer> before = content();
        Run bad = Run.of("verify", log);
        assertEquals(1, bad.code(), bad::toString);
        assertTrue(bad.out().contains("DAMAGED: " + segment() + " is damaged at byte "), bad::toString);
        assertEquals(1, bad.err().lines().count(), bad::toString);
        assertEquals(before, content());
        Files.write(segment(), whole);
        byte[] numbers = Files.readAllBytes(log.resolve("incarnation"));
        byte[] none = numbers.clone();
        for (int slot = 0; slot < 3; slot++) {
            none[slot * 4_096 + 20] ^= 1;
        }
        Files.write(log.resolve("incarnation"), none);
        assertEquals(1, Run.of("verify", log).code());
    }

    @Test
    void a_segment_that_is_gone_is_damage() throws Exception {
        DecisionLog.open(log, SMALL).close();
        Files.delete(segment());
        Run run = Run.of("verify", log);
        assertEquals(1, run.code(), run::toString);
        assertTrue(run.out().contains("no segment beside it can be read"), run::toString);
    }

    @Test
    void a_newer_version_a_foreign_folder_and_none_are_told_apart() throws Exception {
        Path foreign = Files.createDirectory(log.resolve("foreign"));
        Files.write(foreign.resolve("incarnation"), new byte[] {1, 2, 3, 4});
        Path empty = Files.createDirectory(log.resolve("empty"));
        for (Path wrong : List.of(log.resolve("missing"), empty, foreign)) {
            Run run = Run.of("verify", wrong);
            assertEquals(2, run.code(), run::toString);
            assertEquals(1, run.err().lines().count(), run::toString);
            assertTrue(run.err().contains(wrong.toString()), run::toString);
            assertEquals(2, Run.of("log", wrong, "--follow").code());
        }
    }

    @Test
    void a_participants_log_is_checked_too() throws Exception {
        KeyValueStore.open(log, "accounts").close();
        Run run = Run.of("verify", log);
        assertEquals(0, run.code(), run::toString);
        assertTrue(run.out().startsWith("This is a participant's log"), run::toString);
    }

    /** Runs the command; before each look the next of these happens. */
    private Run follow(Deque<Runnable> events, Writer to, Object... more) {
        StringWriter err = new StringWriter();
        Surroundings around = new Surroundings(
                new PrintWriter(to, true),
                Clock.systemUTC(),
                "ada",
                () -> Optional.ofNullable(events.poll()).ifPresent(Runnable::run),
                Optional.empty());
        String[] arguments = Stream.concat(Stream.of("log", log, "--follow"), Stream.of(more))
                .map(String::valueOf)
                .toArray(String[]::new);
        return new Run(Main.run(around, new PrintWriter(err, true), arguments), to.toString(), err.toString());
    }

    @Test
    void what_comes_is_shown_through_turnovers_and_into_the_next_incarnation() {
        DecisionLog first = DecisionLog.open(log, SMALL);
        first.appendCommit(commit(first, 1));
        TransactionId one = id(first, 1);
        TransactionId two = id(first, 2);
        Deque<DecisionLog> later = new ArrayDeque<>();
        Run run = follow(
                new ArrayDeque<>(List.of(
                        () -> {
                            first.appendCommit(commit(first, 2));
                            first.appendEnd(one);
                        },
                        () -> first.appendCommit(new CommitRecord(id(first, 3), "x".repeat(9_000), List.of("orders"))),
                        () -> {
                            first.appendEnd(two);
                            first.close();
                            later.add(DecisionLog.open(log, SMALL));
                        },
                        () -> later.peek().appendCommit(commit(later.peek(), 4)))),
                new StringWriter(),
                "--until-idle");
        later.peek().close();
        assertEquals(0, run.code(), run::toString);
        List<String> lines = run.outLines().stream()
                .map(line -> line.length() > 500 ? line.substring(0, 1) : line)
                .toList();
        assertEquals(
                List.of(
                        "O2  " + two + "  commit, to be told to orders, payments",
                        "O1  " + one + "  committed everywhere",
                        "x",
                        "O2  " + two + "  committed",
                        "O4  " + id(later.peek(), 4) + "  commit, to be told to orders, payments"),
                lines);
    }

    @Test
    void each_line_is_one_object_if_wanted() throws Exception {
        try (DecisionLog open = DecisionLog.open(log, SMALL)) {
            Run run = follow(
                    new ArrayDeque<>(List.<Runnable>of(() -> open.appendCommit(commit(open, 7)))),
                    new StringWriter(),
                    "--until-idle",
                    "--json");
            assertEquals("O7", json(run).get("name").asText(), run::toString);
            assertEquals(1, run.outLines().size());
        }
    }

    @Test
    @Timeout(60)
    void it_ends_when_nobody_reads_any_more() {
        Writer closed = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void close() {}
        };
        try (DecisionLog open = DecisionLog.open(log, SMALL)) {
            Deque<Runnable> events = new ArrayDeque<>(List.<Runnable>of(() -> open.appendCommit(commit(open, 7))));
            assertEquals(0, follow(events, closed).code());
        }
    }

    @Test
    void until_idle_belongs_to_follow() {
        DecisionLog.open(log, SMALL).close();
        Run run = Run.of("log", log, "--until-idle");
        assertEquals(2, run.code(), run::toString);
        assertTrue(run.err().contains("--follow"), run::toString);
    }
}
