package dev.avow.jta;

import dev.avow.engine.AvowOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Two H2 files, and a manager over them. */
final class Bank implements AutoCloseable {
    final AvowTransactionManager manager;
    final JdbcDataSource orders;
    final JdbcDataSource payments;

    Bank(Path folder) throws SQLException {
        this(folder, AvowOptions.defaults());
    }

    Bank(Path folder, AvowOptions options) throws SQLException {
        orders = database(folder.resolve("orders"));
        payments = database(folder.resolve("payments"));
        manager = AvowTransactionManager.at(folder.resolve("log"))
                .database("orders", orders)
                .database("payments", payments)
                .options(options)
                .open();
    }

    private static JdbcDataSource database(Path file) throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0");
        source.setUser("sa");
        source.setPassword("");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS entry(name VARCHAR(40))");
        }
        return source;
    }

    void write(String database, String name) throws SQLException {
        write(manager.dataSource(database), name);
    }

    static void write(DataSource database, String name) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO entry VALUES ('" + name + "')");
        }
    }

    void writeBoth(String name) throws SQLException {
        write("orders", name);
        write("payments", name);
    }

    /** How many rows of this name each has, by plain JDBC: "1 1". */
    String found(String name) throws SQLException {
        return count(orders, name) + " " + count(payments, name);
    }

    private static int count(DataSource database, String name) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM entry WHERE name = '" + name + "'")) {
            result.next();
            return result.getInt(1);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
