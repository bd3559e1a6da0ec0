package dev.avow.cli.demo;

import dev.avow.cli.terminal.Text;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the payments database holds: an account for each customer, and what was paid from it. */
public final class PaymentsTable {
    /** What a customer has before the first payment. */
    static final BigDecimal OPENING_BALANCE = new BigDecimal("1000.00");

    private PaymentsTable() {}

    /** An order isn't a key of payments: a second payment of one order must be seen by the audit, not hidden here. */
    public static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS accounts ("
                    + "customer VARCHAR(100) PRIMARY KEY, balance DECIMAL(14, 2) NOT NULL)");
            statement.execute("CREATE TABLE IF NOT EXISTS payments ("
                    + "number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_id VARCHAR(64) NOT NULL, "
                    + "customer VARCHAR(100) NOT NULL, amount DECIMAL(12, 2) NOT NULL)");
            // Fails if another payments table was there.
            connection
                    .prepareStatement("SELECT number, order_id, customer, amount FROM payments")
                    .close();
        }
    }

    /**
     * Takes the amount from the customer's account.
     *
     * @throws PaymentRefusedException if that doesn't hold enough
     */
    public static void pay(Connection connection, Order order) throws SQLException, PaymentRefusedException {
        BigDecimal balance = balanceOf(connection, order.customer());
        if (balance.compareTo(order.amount()) < 0) {
            throw new PaymentRefusedException(order.customer() + " has " + Text.money(balance)
                    + " and would have to pay " + Text.money(order.amount()));
        }
        try (PreparedStatement debit =
                        connection.prepareStatement("UPDATE accounts SET balance = balance - ? WHERE customer = ?");
                PreparedStatement payment = connection.prepareStatement(
                        "INSERT INTO payments (order_id, customer, amount) VALUES (?, ?, ?)")) {
            debit.setBigDecimal(1, order.amount());
            debit.setString(2, order.customer());
            debit.executeUpdate();
            payment.setString(1, order.id());
            payment.setString(2, order.customer());
            payment.setBigDecimal(3, order.amount());
            payment.executeUpdate();
        }
    }

    /** Locks the account, and opens it for a new customer. */
    private static BigDecimal balanceOf(Connection connection, String customer) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT balance FROM accounts WHERE customer = ? FOR UPDATE")) {
            select.setString(1, customer);
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    return row.getBigDecimal(1);
                }
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO accounts VALUES (?, ?)")) {
            insert.setString(1, customer);
            insert.setBigDecimal(2, OPENING_BALANCE);
            insert.executeUpdate();
        }
        return OPENING_BALANCE;
    }

    public static List<Order> all(Connection connection) throws SQLException {
        return OrdersTable.read(
                connection, "SELECT order_id, customer, amount FROM payments ORDER BY order_id, number");
    }

    public static Map<String, BigDecimal> balances(Connection connection) throws SQLException {
        Map<String, BigDecimal> balances = new TreeMap<>();
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT customer, balance FROM accounts")) {
            while (rows.next()) {
                balances.put(rows.getString(1), rows.getBigDecimal(2));
            }
        }
        return balances;
    }
}
