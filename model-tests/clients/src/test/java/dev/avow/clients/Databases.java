package dev.avow.clients;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.apache.derby.jdbc.EmbeddedXADataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Two databases of two makes in one folder: orders in H2, payments in Derby, each with a table of names. */
final class Databases implements AutoCloseable {
    private static final String TABLE = "CREATE TABLE entry(name VARCHAR(40) NOT NULL PRIMARY KEY)";

    final String ordersUrl;
    final String paymentsPath;

    Databases(Path folder) throws SQLException {
        ordersUrl = "jdbc:h2:file:" + folder.resolve("orders").toAbsolutePath() + ";WRITE_DELAY=0";
        paymentsPath = folder.resolve("payments").toAbsolutePath().toString();
        create(plainOrders());
        create(plainPayments());
    }

    private static void create(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (!connection.getMetaData().getTables(null, null, "ENTRY", null).next()) {
                execute(connection, TABLE);
            }
        }
    }

    XADataSource orders() {
        return plainOrders();
    }

    XADataSource payments() {
        EmbeddedXADataSource source = new EmbeddedXADataSource();
        source.setDatabaseName(paymentsPath);
        return source;
    }

    private JdbcDataSource plainOrders() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(ordersUrl);
        source.setUser("sa");
        source.setPassword("");
        return source;
    }

    private EmbeddedDataSource plainPayments() {
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(paymentsPath);
        source.setCreateDatabase("create");
        return source;
    }

    static void insert(DataSource database, String name) throws SQLException {
        try (Connection connection = database.getConnection()) {
            execute(connection, "INSERT INTO entry VALUES ('" + name + "')");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** By plain JDBC. */
    String found(String name) throws SQLException {
        return inOrders(name) + " " + count(plainPayments(), name);
    }

    int inOrders(String name) throws SQLException {
        return count(plainOrders(), name);
    }

    private static int count(DataSource database, String name) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM entry WHERE name = '" + name + "'")) {
            result.next();
            return result.getInt(1);
        }
    }

    /** Derby keeps a database open until it is told. */
    @Override
    public void close() {
        EmbeddedDataSource source = plainPayments();
        source.setCreateDatabase("");
        source.setShutdownDatabase("shutdown");
        try {
            source.getConnection().close();
        } catch (SQLException isDown) {
            // Its way of saying so.
        }
    }
}
