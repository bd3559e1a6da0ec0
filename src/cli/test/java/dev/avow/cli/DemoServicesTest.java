package dev.avow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoServicesTest {
    @TempDir
    private Path temporary;

    private static void requireRefused(String complaint, Object... arguments) {
        Run run = Run.of(arguments);
        assertEquals(2, run.code(), run::toString);
        assertEquals("avow demo services: " + complaint + "\n", run.err());
    }

    @Test
    void orders_and_payments_agree_after_each_process_was_killed_and_one_paused() throws Exception {
        Path folder = temporary.resolve("services");
        Run run = Run.of("demo", "services", "--dir", folder, "--orders=40", "--faults=5", "--seed=3");

        assertEquals(0, run.code(), run::toString);
        assertEquals("", run.err());
        assertTrue(run.out().contains("The same draws again: --seed=3"), run.out());
        assertTrue(run.outLines().contains("  orders: 40 of 40"), run.out());
        String killed = run.outLines().stream()
                .filter(line -> line.startsWith("Killed: "))
                .findFirst()
                .orElse("");
        for (String each : List.of("the shop ", "the order service ", "the payment service ")) {
            assertTrue(killed.contains(each) && !killed.contains(each + "0"), run.out());
        }
        assertTrue(run.outLines().contains("Everybody has heard every decision."), run.out());
        assertTrue(run.out().contains("Every order has exactly its payment: "), run.out());
        Held held = Held.in(folder);
        assertFalse(held.orders().isEmpty(), run.out());
        assertEquals(held.orders(), held.payments());
        if (run.out().contains("Message sequence")) {
            String drawn = Files.readString(folder.resolve("hit.html"));
            assertTrue(drawn.contains("SIGKILL: the ") || drawn.contains("SIGSTOP: the "), drawn);
        }
    }

    @Test
    void what_cannot_be_run_is_refused() throws Exception {
        requireRefused("--orders=0: give a number from 1 to 900", "demo", "services", "--orders=0");
        requireRefused("--faults=4: give 5 at least", "demo", "services", "--faults=4");
        Files.createFile(temporary.resolve("file"));
        requireRefused(
                "the folder " + temporary + " isn't empty and holds no demo: name another with --dir",
                "demo",
                "services",
                "--dir",
                temporary);
        Path earlier = temporary.resolve("earlier");
        Files.createDirectories(earlier.resolve("log"));
        requireRefused(
                "the folder " + earlier + " isn't empty: name a new one with --dir",
                "demo",
                "services",
                "--dir",
                earlier);
    }

    @Test
    void its_processes_are_not_for_people() {
        assertTrue(Run.of("demo", "--help").out().contains("services"));
        assertFalse(Run.of("--help").out().contains("demo-shop"));
        assertFalse(Run.of("--help").out().contains("demo-service"));
    }
}
