package dev.avow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    private static final Map<String, String> BOTH = Map.of("O001", "Ada 40.00", "O003", "Cleo 25.00");

    @TempDir
    private Path temporary;

    private static void requireSound(Path folder) throws Exception {
        assertEquals(new Held(new TreeMap<>(BOTH), new TreeMap<>(BOTH)), Held.in(folder));
    }

    @Test
    void four_stories_end_as_they_should_and_are_drawn() throws Exception {
        Path folder = temporary.resolve("new/demo");
        Path diagram = temporary.resolve("demo.html");
        Run run = Run.of("demo", "--dir", folder, "--diagram", diagram);

        assertEquals(0, run.code(), run::toString);
        assertEquals("", run.err());
        assertEquals(
                List.of(
                        "Two-phase commit: Transaction O001 committed",
                        "Two-phase commit: Transaction O002 rolled back",
                        "Two-phase commit: Transaction O003 committed",
                        "Two-phase commit: Transaction O004 rolled back"),
                run.outLines().stream()
                        .filter(line -> line.startsWith("Two-phase commit"))
                        .toList());
        assertTrue(run.out().contains("Bob has 1,000.00 and would have to pay 5,000.00."), run.out());
        assertTrue(run.out().contains("was killed at CoordinatorDecideCommit."), run.out());
        assertTrue(run.out().contains("Its log says commit, and that orders and payments have to be told."), run.out());
        assertTrue(run.out().contains("was killed at CoordinatorReceiveVote."), run.out());
        assertTrue(run.out().contains("Its log holds no record of O004."), run.out());
        assertTrue(run.outLines().contains("  O003   Cleo       25.00     25.00"), run.out());
        assertTrue(run.outLines().contains("  O004   Dan            -         -"), run.out());
        assertTrue(run.outLines().contains("Every order has exactly its payment: 2 orders, 2 payments."), run.out());
        assertTrue(
                run.out()
                        .contains("jdbc:h2:file:" + folder.resolve("orders") + " and jdbc:h2:file:"
                                + folder.resolve("payments") + ", user avow, empty password."),
                run.out());
        requireSound(folder);

        String drawn = Files.readString(diagram);
        for (String expected :
                List.of("O001: ", "O002: ", "commit record", "prepared", "crash", "reads its log", "ack")) {
            assertTrue(drawn.contains(expected), expected);
        }
        // O004, in words: both hear of it, and both follow.
        String last = drawn.substring(drawn.lastIndexOf("This run in words"));
        for (String lane : List.of("orders", "payments")) {
            assertTrue(last.contains("coordinator sends “abort: there is no record” to " + lane), last);
            assertTrue(last.contains(lane + " is now aborted"), last);
        }
        assertTrue(drawn.contains("✓ Neither database holds the order. No record means abort"), drawn);
    }

    @Test
    void what_an_earlier_run_committed_is_not_repeated() throws Exception {
        Path folder = temporary.resolve("demo");
        Path earlier = Files.writeString(temporary.resolve("earlier.csv"), "O001,Ada,40\nO003,Cleo,25\n");
        assertEquals(0, Run.of("demo", "--dir", folder, "--orders", earlier).code());
        Path diagram = temporary.resolve("again.svg");
        Run again = Run.of("demo", "--dir", folder, "--diagram", diagram);

        assertEquals(0, again.code(), again::toString);
        assertTrue(again.outLines().contains("O001  is there from an earlier run: Ada, 40.00."), again.out());
        assertTrue(again.outLines().contains("O003  is there from an earlier run: Cleo, 25.00."), again.out());
        assertFalse(again.out().contains("Transaction O003"), again.out());
        requireSound(folder);
        // What was repeated is drawn: O002 and O004, one below the other.
        String drawn = Files.readString(diagram);
        assertTrue(drawn.contains("O004: killed after the votes"), drawn);
        assertFalse(drawn.contains("O001: "), drawn);
    }

    @Test
    void without_a_folder_each_run_takes_a_new_one() throws Exception {
        Files.createDirectory(temporary.resolve("avow-demo"));
        Process process = Run.start(temporary, Main.class, "demo");
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), output);
        assertTrue(output.contains("Folder: avow-demo-2"), output);
        assertTrue(output.contains("Every order has exactly its payment: 2 orders, 2 payments."), output);
        requireSound(temporary.resolve("avow-demo-2"));
        try (var untouched = Files.list(temporary.resolve("avow-demo"))) {
            assertEquals(0, untouched.count());
        }
    }
}
