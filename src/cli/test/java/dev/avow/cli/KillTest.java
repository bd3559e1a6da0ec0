package dev.avow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the command, as kill -9 does, when it has said something, and runs it again on the same folder. */
class KillTest {
    private static final int ORDERS = 200;

    @TempDir
    private Path temporary;

    /** Runs it until it says this line, and kills it then. Its own children it leaves to die by themselves. */
    private void runUntil(String line, Object... arguments) throws Exception {
        Process process = Run.start(temporary, Main.class, arguments);
        StringBuilder said = new StringBuilder();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            Optional<String> next = Optional.ofNullable(output.readLine());
            while (next.isPresent() && !next.get().startsWith(line)) {
                said.append(next.get()).append('\n');
                next = Optional.ofNullable(output.readLine());
            }
            process.destroyForcibly().waitFor();
            assertTrue(next.isPresent(), "it never said \"" + line + "\", but:\n" + said);
        }
    }

    @Test
    void orders_survive_a_kill_at_any_point_of_a_batch() throws Exception {
        Path folder = temporary.resolve("demo");
        StringBuilder lines = new StringBuilder();
        for (int number = 1; number <= ORDERS; number++) {
            lines.append("N")
                    .append(number)
                    .append(",customer ")
                    .append(number % 7)
                    .append(",2.50\n");
        }
        Path file = Files.writeString(temporary.resolve("orders.csv"), lines);
        Object[] demo = {"demo", "--dir", folder, "--orders", file, "--progress=plain"};

        for (String line : List.of("Orders of", "  orders: 50 of 200", "  orders: 150 of 200")) {
            runUntil(line, demo);
        }
        Run last = Run.of(demo);

        assertEquals(0, last.code(), last::toString);
        Held held = Held.in(folder);
        assertEquals(ORDERS, held.orders().size());
        assertEquals(held.orders(), held.payments());
        assertTrue(last.out().contains(" there from an earlier run, in "), last.out());
    }

    @Test
    void the_stories_survive_a_kill_in_the_middle_of_each() throws Exception {
        Path folder = temporary.resolve("demo");
        Object[] demo = {"demo", "--dir", folder};
        for (String line : List.of("O001  Ada", "O003  Cleo", "      Process", "O004  Dan")) {
            runUntil(line, demo);
        }
        Run last = Run.of(demo);

        assertEquals(0, last.code(), last::toString);
        Held held = Held.in(folder);
        assertEquals(held.orders(), held.payments());
        assertEquals(List.of("O001", "O003"), List.copyOf(held.orders().keySet()));
    }
}
