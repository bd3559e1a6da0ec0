package dev.avow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateTest {
    @TempDir
    private Path temporary;

    private static void requireWrongInput(String message, Run run) {
        assertEquals(2, run.code(), run::toString);
        assertEquals(1, run.err().lines().count(), run::toString);
        assertTrue(run.err().startsWith("avow simulate: " + message), run::toString);
    }

    @Test
    void seeds_without_a_broken_rule_end_with_what_was_seen() {
        Run run = Run.of("simulate", "--seeds", 40, "--seed", 7, "--progress", "plain");
        assertEquals(0, run.code(), run::toString);
        List<String> lines = run.outLines();
        assertTrue(lines.contains("  seeds: 40 of 40"), run::toString);
        assertTrue(lines.stream().anyMatch(line -> line.matches(" *message lost +[0-9,]+")), run::toString);
        assertTrue(
                lines.get(lines.size() - 2)
                        .matches(
                                "40 seeds, [0-9,]+ transactions \\([0-9,]+ committed\\), [0-9,]+ crashes, [0-9,]+ events"
                                        + " in [0-9.]+ s: [0-9,]+ transactions a minute\\."),
                run::toString);
        assertEquals("Every rule held after every step.", lines.get(lines.size() - 1));
    }

    @Test
    void a_broken_rule_is_told_drawn_and_repeated() throws Exception {
        Path file = temporary.resolve("broken.svg");
        Run run = Run.of(
                "simulate",
                "--seeds",
                50,
                "--crashes",
                90,
                "--flaw",
                "SENDS_COMMIT_BEFORE_THE_FORCE",
                "--diagram",
                file);
        assertEquals(1, run.code(), run::toString);
        assertTrue(run.out().contains("DecisionDurable is broken for T"), run::toString);
        assertTrue(Files.readString(file).contains("DecisionDurable is broken at coordinator"), run::toString);
        String repeat = run.outLines().stream()
                .filter(line -> line.startsWith("Repeat it: avow "))
                .findFirst()
                .orElseThrow()
                .substring("Repeat it: avow ".length());
        assertTrue(repeat.contains(" --crashes 90 --flaw SENDS_COMMIT_BEFORE_THE_FORCE"), repeat);
        Run again = Run.of((Object[]) (repeat + " --diagram " + file).split(" ", -1));
        assertEquals(findings(run), findings(again));
    }

    /** Without progress and throughput. */
    private static List<String> findings(Run run) {
        List<String> lines = run.outLines();
        int seed = 0;
        while (!lines.get(seed).startsWith("Seed ")) {
            seed++;
        }
        return lines.subList(seed, lines.size());
    }

    @Test
    void without_a_broken_rule_the_diagram_shows_the_first_seed() throws Exception {
        Path file = temporary.resolve("seed.html");
        Run run = Run.of("simulate", "--seeds", 1, "--seed", 7, "--progress", "none", "--diagram", file);
        assertEquals(0, run.code(), run::toString);
        assertTrue(Files.readString(file).contains("Seed 7, transaction T"), run::toString);
    }

    @Test
    void wrong_options_are_refused_in_one_line() {
        requireWrongInput("--participants is 99: use 1 to 16", Run.of("simulate", "--participants", 99));
        requireWrongInput("--seeds is 0: use 1 or more", Run.of("simulate", "--seeds", 0));
        requireWrongInput("Invalid value for option '--seed': 'x' is not a long", Run.of("simulate", "--seed", "x"));
        requireWrongInput(
                "--diagram x.png: let the name end with .svg or .html", Run.of("simulate", "--diagram", "x.png"));
    }

    @Test
    void seeds_beyond_the_largest_number_are_refused() {
        requireWrongInput(
                "--seed is 9223372036854775807, and the last of 2 seeds from there is beyond the largest,"
                        + " 9223372036854775807: use --seed 9223372036854775806 or less",
                Run.of("simulate", "--seeds", 2, "--seed", Long.MAX_VALUE));
        Run last = Run.of(
                "simulate", "--seeds", 2, "--seed", Long.MAX_VALUE - 1, "--progress", "none", "--transactions", 1);
        assertEquals(0, last.code(), last::toString);
    }

    @Test
    void a_folder_that_cannot_be_written_to_is_told_before_the_run() throws Exception {
        Path folder = unwritable();
        Path file = folder.resolve("x.html");
        requireWrongInput(
                "--diagram " + file + ": its folder can't be written to; name a file in another one",
                Run.of("simulate", "--diagram", file));
        Process run = Run.start(folder, Main.class, "simulate", "--seeds", 1, "--progress", "none");
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(2, run.waitFor(), output);
        assertEquals(
                "avow simulate: the working folder " + folder + " can't be written to, and a broken rule would be drawn"
                        + " there: choose another place with --diagram FILE",
                output.strip());
        Process elsewhere = Run.start(
                folder,
                Main.class,
                "simulate",
                "--seeds",
                1,
                "--progress",
                "none",
                "--diagram",
                temporary.resolve("x.html"));
        String drawn = new String(elsewhere.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, elsewhere.waitFor(), drawn);
    }

    /** To root no folder on a disk is. */
    private Path unwritable() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("unwritable"));
        return folder.toFile().setWritable(false) && !Files.isWritable(folder) ? folder.toRealPath() : Path.of("/proc");
    }

    @Test
    void the_check_for_a_place_to_draw_leaves_nothing_behind() throws Exception {
        Path file = temporary.resolve("broken.html");
        Run.of("simulate", "--seeds", 1, "--progress", "none", "--transactions", 1, "--diagram", file);
        try (Stream<Path> files = Files.list(temporary)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void help_names_every_knob_and_hides_the_flaws() {
        Run run = Run.of("simulate", "--help");
        assertEquals(0, run.code());
        assertTrue(run.out().contains("--disk-faults=N"), run.out());
        assertFalse(run.out().contains("--flaw"), run.out());
    }
}
