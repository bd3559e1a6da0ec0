package dev.avow.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrongInputTest {
    @TempDir
    private Path temporary;

    private static void requireOneLine(int code, String beginning, Run run) {
        assertEquals(code, run.code(), run::toString);
        assertEquals(1, run.err().lines().count(), run::toString);
        assertTrue(run.err().startsWith(beginning), run::toString);
    }

    private Path orders(String content) throws Exception {
        return Files.writeString(temporary.resolve("orders.csv"), content);
    }

    @Test
    void wrong_options_are_refused_in_one_line() {
        requireOneLine(2, "avow: Missing required subcommand (see avow --help)", Run.of());
        requireOneLine(2, "avow: Unmatched argument at index 0: 'dmo'; did you mean demo?", Run.of("dmo"));
        requireOneLine(2, "avow: Unmatched argument at index 0: 'bogus' (see avow --help)", Run.of("bogus"));
        requireOneLine(
                2, "avow demo: Unknown option: '--order=x'; did you mean --orders?", Run.of("demo", "--order=x"));
        requireOneLine(2, "avow demo: Missing required parameter for option '--dir' (DIR)", Run.of("demo", "--dir"));
        requireOneLine(2, "avow demo: Invalid value for option '--progress'", Run.of("demo", "--progress=fast"));
        requireOneLine(2, "avow log: Missing required parameter: 'DIR'", Run.of("log"));
        requireOneLine(2, "avow outcome: Missing required parameter: 'NAME'", Run.of("outcome", "x"));
    }

    @Test
    void only_debug_shows_where_an_error_came_from() throws Exception {
        Process process = Run.start(temporary, Main.class, "log", "nowhere", "--debug");
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(2, process.waitFor());
        assertTrue(output.contains("avow log: there is no folder nowhere"), output);
        assertTrue(output.contains("\tat dev.avow.cli.LogCommand.call"), output);
    }

    @Test
    void help_is_no_error() {
        for (List<String> words : List.of(
                List.of("--help"),
                List.of("help"),
                List.of("help", "demo"),
                List.of("demo", "--help"),
                List.of("log", "--help"),
                List.of("outcome", "--help"))) {
            Run run = Run.of(words.toArray());
            assertEquals(0, run.code());
            assertTrue(run.out().startsWith("Usage: avow"), run.out());
            assertFalse(run.out().contains("halt-order"), run.out());
        }
        assertTrue(Run.of("--version").out().startsWith("avow "));
    }

    @Test
    void a_folder_that_cannot_be_one_is_refused() throws Exception {
        Path file = Files.createFile(temporary.resolve("file"));
        requireOneLine(2, "avow demo: " + file + " is a file: name a folder", Run.of("demo", "--dir", file));
        requireOneLine(2, "avow demo: the folder's name is blank", Run.of("demo", "--dir", ""));
        requireOneLine(
                2,
                "avow demo: the folder " + temporary + " isn't empty and holds no demo",
                Run.of("demo", "--dir", temporary));
        Path below = file.resolve("demo");
        requireOneLine(2, "avow demo: the folder " + below + " can't be created", Run.of("demo", "--dir", below));
        Path semicolon = temporary.resolve("a;b");
        requireOneLine(
                2,
                "avow demo: the folder " + semicolon + " has a semicolon in its name",
                Run.of("demo", "--dir", semicolon));
    }

    @Test
    void a_database_that_is_not_the_demos_is_named() throws Exception {
        Path folder = temporary.resolve("demo");
        Path file = orders("O1,Ada,40\n");
        assertEquals(0, Run.of("demo", "--dir", folder, "--orders", file).code());
        Path database = folder.resolve("orders.mv.db");
        Files.delete(database);
        DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("orders"), "sa", "secret")
                .close();
        requireOneLine(
                1,
                "avow demo: " + database + " can't be opened as the demo's: Wrong user name or password. If it is",
                Run.of("demo", "--dir", folder));
        Files.writeString(database, "no database");
        requireOneLine(
                1, "avow demo: " + database + " can't be opened as the demo's: ", Run.of("demo", "--dir", folder));
    }

    @Test
    void a_diagram_that_could_not_be_written_is_refused_before_anything_is_done() {
        Path folder = temporary.resolve("demo");
        for (Path diagram : List.of(temporary.resolve("x.png"), temporary.resolve("no/x.svg"))) {
            requireOneLine(
                    2, "avow demo: --diagram " + diagram + ": ", Run.of("demo", "--dir", folder, "--diagram", diagram));
        }
        assertFalse(Files.exists(folder));
    }

    @Test
    void a_wrong_line_of_orders_is_named_and_nothing_is_changed() throws Exception {
        List<List<String>> wrong = List.of(
                List.of("O1,Ada,40\nO2,Bob\n", "line 2: 2 fields instead of order id,customer,amount"),
                List.of("order id,customer,amount\nO1,Ada,40\nO2,Bob,4,0\n", "line 3: 4 fields instead of"),
                List.of(
                        "Customer,Order id,Amount\nAda,O1,40\n",
                        "line 1: the columns are Customer,Order id,Amount and"),
                List.of("amount,order id,customer\n40,O1,Ada\n", "line 1: the columns are amount,order id,customer"),
                List.of("O1,,40\n", "line 1: the customer is missing"),
                List.of(" ,Ada,40\n", "line 1: the order id is missing"),
                List.of("O1,Ada,\n", "line 1: the amount is missing"),
                List.of("O1,Ada,forty\n", "line 1: the amount \"forty\" isn't one"),
                List.of("O1,Ada,-4\n", "line 1: the amount \"-4\" isn't one"),
                List.of("O1,Ada,4.005\n", "line 1: the amount \"4.005\" isn't one"),
                List.of("O1,Ada,0.00\n", "line 1: the amount is zero"),
                List.of("O1,Ada,40\n\nO2,Bob,1\nO1,Ada,40\n", "line 4: order O1 stands on line 1 already"),
                List.of("x".repeat(65) + ",Ada,40\n", "line 1: the order id has 65 characters: use at most 64"),
                List.of("O1,\"A\tB\",40\n", "line 1: the customer holds a control character"));
        Path folder = temporary.resolve("demo");
        for (List<String> each : wrong) {
            Path file = orders(each.get(0));
            Run run = Run.of("demo", "--dir", folder, "--orders", file);
            requireOneLine(2, "avow demo: " + file + ", " + each.get(1), run);
            assertTrue(run.err().endsWith("Nothing was changed" + System.lineSeparator()), run.err());
        }
        assertFalse(Files.exists(folder));
    }

    @Test
    void several_wrong_lines_are_counted() throws Exception {
        Path file = orders("O1,Ada\nO2,Bob,x\nO3,Cleo,1\nO4,Dan,\n");
        Run run = Run.of("demo", "--dir", temporary.resolve("demo"), "--orders", file);
        requireOneLine(
                2,
                "avow demo: " + file
                        + ", line 1: 2 fields instead of order id,customer,amount (and 2 more wrong lines)",
                run);
    }

    @Test
    void a_file_without_orders_is_refused() throws Exception {
        for (String content : List.of("", "\n\n", "order id,customer,amount\n")) {
            Path file = orders(content);
            requireOneLine(2, "avow demo: " + file + " holds no orders", Run.of("demo", "--orders", file));
        }
        Path missing = temporary.resolve("missing.csv");
        requireOneLine(
                2,
                "avow demo: --orders " + missing + " can't be read: there is no such file",
                Run.of("demo", "--orders", missing));
        Path binary = Files.write(temporary.resolve("binary.csv"), new byte[] {'O', (byte) 0xC3, 'x'});
        requireOneLine(
                2,
                "avow demo: --orders " + binary + " can't be read: it isn't UTF-8 text",
                Run.of("demo", "--orders", binary));
        Path quote = orders("O1,\"Ada\"x,40\n");
        requireOneLine(2, "avow demo: " + quote + ": ", Run.of("demo", "--orders", quote));
    }

    @Test
    void a_folder_in_use_is_refused_naming_it_and_the_process() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("demo"));
        Process holder = Run.start(temporary, HoldFolder.class, folder);
        try (BufferedReader output = holder.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("open as incarnation 1", output.readLine());
            Run run = Run.of("demo", "--dir", folder);
            requireOneLine(
                    1, "avow demo: " + folder + " is in use by another run, process " + holder.pid() + ": ", run);
            assertEquals(0, Run.of("log", folder).code());
            holder.getOutputStream().close();
            assertEquals(0, holder.waitFor());
        }
        assertEquals(
                0,
                Run.of("demo", "--dir", folder, "--orders", orders("O1,Ada,40\n"))
                        .code());
    }

    @Test
    void a_damaged_log_is_refused_naming_file_and_offset_and_nothing_is_lost() throws Exception {
        Path folder = temporary.resolve("demo");
        Path file = orders("O1,Ada,40\nO2,Bob,30\nO3,Cleo,20\n");
        assertEquals(0, Run.of("demo", "--dir", folder, "--orders", file).code());
        Held before = Held.in(folder);
        Path segment;
        try (var files = Files.list(folder.resolve("log"))) {
            segment = files.filter(each -> each.toString().endsWith(".avow"))
                    .findFirst()
                    .orElseThrow();
        }
        long offset = firstRecordOffset(segment);
        flip(segment, offset);
        byte[] damaged = Files.readAllBytes(segment);

        Run run = Run.of("demo", "--dir", folder);
        requireOneLine(1, "avow demo: " + segment + " is damaged at byte ", run);
        Run log = Run.of("log", folder);
        requireOneLine(1, "avow log: ", log);
        assertTrue(log.err().contains(segment.getFileName() + " is damaged at byte "), log::toString);
        assertFalse(log.err().contains("with: avow log"), log::toString);
        assertTrue(log.out().contains("Damaged. " + segment + " is damaged at byte "), log::toString);
        assertTrue(log.out().contains("Unfinished: unknown; none was read before the damage"), log::toString);
        requireOneLine(1, "avow outcome: ", Run.of("outcome", folder, "O9"));
        assertEquals(before, Held.in(folder));
        assertEquals(3, before.payments().size());
        assertArrayEquals(damaged, Files.readAllBytes(segment));

        flip(segment, offset);
        assertEquals(0, Run.of("demo", "--dir", folder, "--orders", file).code());
    }

    /** Inside the name of the first order's commit record: intact records stand behind it. */
    private static long firstRecordOffset(Path segment) throws Exception {
        String content = Files.readString(segment, StandardCharsets.ISO_8859_1);
        return content.indexOf("O1");
    }

    private static void flip(Path file, long offset) throws Exception {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(offset);
            int flipped = bytes.read() ^ 0x10;
            bytes.seek(offset);
            bytes.write(flipped);
        }
    }
}
