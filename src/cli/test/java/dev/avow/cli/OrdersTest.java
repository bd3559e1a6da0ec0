package dev.avow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersTest {
    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void choose() {
        folder = temporary.resolve("demo");
    }

    private Run commit(String orders, Object... more) throws Exception {
        Path file = Files.writeString(temporary.resolve("orders.csv"), orders);
        Object[] arguments = new Object[more.length + 5];
        System.arraycopy(new Object[] {"demo", "--dir", folder, "--orders", file}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return Run.of(arguments);
    }

    @Test
    void every_line_is_committed_or_refused_and_counted() throws Exception {
        Path diagram = temporary.resolve("orders.html");
        Run run = commit(
                "\uFEFFOrder id,Customer,Amount\r\nA1,Ada,600.5\r\n\r\nA2,\"Bob, jr.\",7\r\nA3,Ada,600\r\nA4,Zo\u00EB,1.25\r\n",
                "--diagram",
                diagram);

        assertEquals(0, run.code(), run::toString);
        assertTrue(run.out().contains("3 orders committed, 1 refused, in "), run.out());
        assertTrue(run.out().contains("  refused: line 5, A3: Ada has 399.50 and would have to pay 600.00"), run.out());
        Map<String, String> expected = Map.of("A1", "Ada 600.50", "A2", "Bob, jr. 7.00", "A4", "Zo\u00EB 1.25");
        assertEquals(expected, Held.in(folder).orders());
        assertEquals(expected, Held.in(folder).payments());
        String drawn = Files.readString(diagram);
        assertTrue(drawn.contains("A3 of Ada for 600.00"), drawn);
        assertTrue(drawn.contains("refused: "), drawn);
    }

    @Test
    void what_an_earlier_run_committed_is_skipped_and_counted() throws Exception {
        assertEquals(0, commit("A1,Ada,1\nA2,Ada,2\n").code());
        Run run = commit("A1,Ada,1.00\nA2,Ada,2\nA3,Bob,3\n");

        assertEquals(0, run.code(), run::toString);
        assertTrue(run.out().contains("1 order committed, 0 refused, 2 there from an earlier run, in "), run.out());
        assertEquals(
                Map.of("A1", "Ada 1.00", "A2", "Ada 2.00", "A3", "Bob 3.00"),
                Held.in(folder).payments());
    }

    @Test
    void another_order_of_the_same_id_is_refused_by_line_and_nothing_is_changed() throws Exception {
        assertEquals(0, commit("A1,Ada,1\nA2,Ada,2\n").code());
        Run run = commit("A0,Ada,9\nA1,Ada,1\nA2,Bob,2\n");

        assertEquals(2, run.code(), run::toString);
        assertTrue(
                run.err()
                        .contains(
                                "line 3: " + folder + " holds another order A2, of Ada for 2.00. Nothing was changed"),
                run.err());
        assertEquals(1, run.err().lines().count());
        assertEquals(Map.of("A1", "Ada 1.00", "A2", "Ada 2.00"), Held.in(folder).orders());
    }

    @Test
    void a_payment_that_vanished_is_found_by_the_audit() throws Exception {
        assertEquals(0, commit("A1,Ada,1\nA2,Ada,2\n").code());
        String url = "jdbc:h2:file:" + folder.resolve("payments").toAbsolutePath();
        try (Connection connection = DriverManager.getConnection(url, "avow", "");
                Statement statement = connection.createStatement()) {
            assertEquals(1, statement.executeUpdate("DELETE FROM payments WHERE order_id = 'A2'"));
        }
        Run run = commit("A3,Ada,3\n");

        assertEquals(1, run.code(), run::toString);
        assertTrue(run.outLines().contains("NOT CONSISTENT: order A2 of Ada for 2.00 has no payment"), run.out());
        assertTrue(run.out().contains("the account of Ada holds 994.00 instead of 996.00"), run.out());
    }

    @Test
    void progress_is_lines_where_there_is_no_terminal() throws Exception {
        StringBuilder orders = new StringBuilder();
        for (int number = 1; number <= 40; number++) {
            orders.append("A").append(number).append(",Ada,1\n");
        }
        Run run = commit(orders.toString());
        assertEquals(
                20,
                run.out().lines().filter(line -> line.startsWith("  orders: ")).count(),
                run.out());
        assertTrue(run.outLines().contains("  orders: 2 of 40"), run.out());
        assertTrue(run.outLines().contains("  orders: 40 of 40"), run.out());
        assertTrue(run.out().contains("  and 20 more"), run.out());
        assertTrue(run.out().contains("Every order has exactly its payment: 40 orders, 40 payments."), run.out());
    }
}
