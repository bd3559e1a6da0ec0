package dev.avow.cli.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the orders database holds. */
public final class OrdersTable {
    private OrdersTable() {}

    public static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS orders ("
                    + "id VARCHAR(64) PRIMARY KEY, customer VARCHAR(100) NOT NULL, amount DECIMAL(12, 2) NOT NULL)");
            // Fails if another orders table was there.
            connection
                    .prepareStatement("SELECT id, customer, amount FROM orders")
                    .close();
        }
    }

    public static void insert(Connection connection, Order order) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO orders VALUES (?, ?, ?)")) {
            insert.setString(1, order.id());
            insert.setString(2, order.customer());
            insert.setBigDecimal(3, order.amount());
            insert.executeUpdate();
        }
    }

    public static List<Order> all(Connection connection) throws SQLException {
        return read(connection, "SELECT id, customer, amount FROM orders ORDER BY id");
    }

    /** Runs a query for an order's id, customer and amount. */
    static List<Order> read(Connection connection, String query) throws SQLException {
        List<Order> orders = new ArrayList<>();
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(query)) {
            while (rows.next()) {
                orders.add(new Order(rows.getString(1), rows.getString(2), rows.getBigDecimal(3)));
            }
        }
        return orders;
    }
}
