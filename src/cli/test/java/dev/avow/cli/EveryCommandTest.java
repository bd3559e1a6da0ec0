package dev.avow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.TransactionId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all commands that take a log have in common: what they refuse, how, and with which exit code. */
class EveryCommandTest {
    /** Where a segment's header has the number of its format, and the checksum of what stands before. */
    private static final int FORMAT_AT = 4;

    private static final int CHECKSUM_AT = 28;

    @TempDir
    private Path temporary;

    private Path log;

    static List<List<String>> commands() {
        return List.of(
                List.of("log"),
                List.of("log", "--json"),
                List.of("log", "--follow", "--until-idle"),
                List.of("outcome", "O001"),
                List.of("outcome", "O001", "--json"),
                List.of("status"),
                List.of("status", "--json"),
                List.of("verify"),
                List.of("verify", "--json"),
                List.of("resolve", "O001", "--commit", "--reason=paid by hand", "--yes"),
                List.of("resolve", "O001", "--commit", "--reason=paid by hand", "--yes", "--json"));
    }

    @BeforeEach
    void write() throws IOException {
        log = Files.createDirectory(temporary.resolve("theLog"));
        try (DecisionLog open = DecisionLog.open(log)) {
            open.appendCommit(new CommitRecord(
                    TransactionId.of(open.coordinator(), open.incarnation(), 1), "O001", List.of("orders")));
        }
    }

    private static Run run(List<String> command, Path directory) {
        List<Object> words = new ArrayList<>(command);
        words.add(1, directory);
        return Run.of(words.toArray());
    }

    /** A complaint of one line with the path in it, nothing on the standard output, and a code that the help knows. */
    private static void assertRefused(int code, List<String> command, Path directory) {
        Run run = run(command, directory);
        assertEquals(code, run.code(), run::toString);
        assertEquals(1, run.err().lines().count(), run::toString);
        assertTrue(run.err().startsWith("avow " + command.get(0) + ": "), run::toString);
        assertTrue(run.err().contains(directory.toString()), run::toString);
        assertEquals("", run.out());
        assertKnownToHelp(code, command);
    }

    private static void assertKnownToHelp(int code, List<String> command) {
        String help = Run.of(command.get(0), "--help").out().replaceAll("\\s+", " ");
        assertTrue(help.matches(".*(Ends with|[,;.]) " + code + " if .*"), help);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_log_is_read(List<String> command) throws IOException {
        Run run = run(command, log);
        assertEquals(0, run.code(), run::toString);
        assertEquals("", run.err());
        if (command.contains("--json")) {
            assertTrue(new ObjectMapper().readTree(run.out()).isObject(), run::toString);
        }
        assertKnownToHelp(0, command);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void what_is_no_log_is_refused(List<String> command) throws IOException {
        assertRefused(2, command, temporary.resolve("missing"));
        assertRefused(2, command, Files.createFile(temporary.resolve("file")));
        assertRefused(2, command, Files.createDirectory(temporary.resolve("empty")));
        Path foreign = Files.createDirectory(temporary.resolve("foreign"));
        Files.writeString(foreign.resolve("notes.txt"), "something else");
        assertRefused(2, command, foreign);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_log_of_a_newer_version_is_refused(List<String> command) throws IOException {
        Path segment;
        try (Stream<Path> files = Files.list(log)) {
            segment = files.filter(file -> file.toString().endsWith(".avow"))
                    .findFirst()
                    .orElseThrow();
        }
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(segment));
        CRC32C checksum = new CRC32C();
        checksum.update(content.putInt(FORMAT_AT, 2).array(), 0, CHECKSUM_AT);
        content.putInt(CHECKSUM_AT, (int) checksum.getValue());
        Files.write(segment, content.array());
        assertRefused(2, command, log);
        assertTrue(run(command, log).err().contains("newer version"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_log_without_its_numbers_is_damaged_and_not_missing(List<String> command) throws IOException {
        Files.delete(log.resolve("incarnation"));
        Run run = run(command, log);
        assertEquals(1, run.code(), run::toString);
        assertTrue(
                (run.err() + run.out()).contains("missing or empty, and 0000000001-000000.avow beside it"),
                run::toString);
        assertKnownToHelp(1, command);
    }

    @Test
    void a_log_that_may_not_be_read_is_refused() throws IOException {
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("---------"));
        try {
            assumeFalse(Files.isReadable(log), "root may read everywhere, so there is nothing to see");
            commands().forEach(command -> assertRefused(2, command, log));
        } finally {
            Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void the_list_is_whole() {
        String help = Run.of("--help").out();
        assertEquals(
                commands().stream().map(each -> each.get(0)).collect(Collectors.toSet()),
                help.lines()
                        .filter(line -> line.startsWith("  ") && line.strip().matches("[a-z]+  .*"))
                        .map(line -> line.strip().split(" ", 2)[0])
                        .filter(name -> !List.of("demo", "simulate", "help").contains(name))
                        .collect(Collectors.toSet()));
    }
}
