package dev.avow.xa;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcDataSource;

/** A table of accounts in an H2 file. */
final class Database {
    private final String url;

    private Database(String url) {
        this.url = url;
    }

    /** WRITE_DELAY=0, or a commit in one phase is lost when the process is killed. */
    static Database at(Path file) {
        return new Database("jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0");
    }

    Database create() throws SQLException {
        run("CREATE TABLE account(id INT PRIMARY KEY, balance INT NOT NULL CHECK (balance >= 0))");
        run("INSERT INTO account VALUES (1, 100)");
        return this;
    }

    JdbcDataSource dataSource() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url);
        dataSource.setUser("sa");
        dataSource.setPassword("");
        return dataSource;
    }

    void run(String sql) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    int balance() throws SQLException {
        return number("SELECT balance FROM account WHERE id = 1");
    }

    /** How many sessions execute a statement like this. */
    int running(String pattern) throws SQLException {
        return number(
                "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE EXECUTING_STATEMENT LIKE '" + pattern + "'");
    }

    /** How many other sessions are open. */
    int sessions() throws SQLException {
        return number("SELECT COUNT(*) - 1 FROM INFORMATION_SCHEMA.SESSIONS");
    }

    private int number(String query) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getInt(1);
        }
    }

    static void add(Connection connection, int amount) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("UPDATE account SET balance = balance + " + amount + " WHERE id = 1");
        }
    }
}
