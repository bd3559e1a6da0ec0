package dev.avow.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a demo's two databases hold, as this test's own queries see it.
 *
 * @param orders "customer amount" by order
 * @param payments the same, a second payment of one order behind a plus
 */
public record Held(SortedMap<String, String> orders, SortedMap<String, String> payments) {

    public static Held in(Path folder) throws SQLException {
        return new Held(
                read(folder.resolve("orders"), "SELECT id, customer, amount FROM orders"),
                read(folder.resolve("payments"), "SELECT order_id, customer, amount FROM payments"));
    }

    private static SortedMap<String, String> read(Path database, String query) throws SQLException {
        SortedMap<String, String> held = new TreeMap<>();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:file:" + database.toAbsolutePath(), "avow", "");
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                held.merge(rows.getString(1), rows.getString(2) + " " + rows.getString(3), (a, b) -> a + " + " + b);
            }
        }
        return held;
    }
}
