package dev.avow.survival;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.xa.PGXADataSource;

/** One of the shop's two databases, by its JDBC address. */
record Database(String url) {
    private static final String H2_USER = "sa";
    private static final String POSTGRES_USER = "postgres";

    /**
     * With its default write delay, H2 loses what it has committed in one phase; its exit hook would close it under a
     * coordinator that still works; compacting at each close takes longer than a whole run.
     */
    static Database h2(Path file) {
        return new Database(
                "jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;MAX_COMPACT_TIME=0");
    }

    boolean isPostgres() {
        return url.startsWith("jdbc:postgresql:");
    }

    private String user() {
        return isPostgres() ? POSTGRES_USER : H2_USER;
    }

    XADataSource xaDataSource() {
        if (isPostgres()) {
            PGXADataSource source = new PGXADataSource();
            source.setUrl(url);
            source.setUser(user());
            return source;
        }
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser(user());
        source.setPassword("");
        return source;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user(), "");
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    List<String> inDoubt() throws SQLException {
        return texts(
                isPostgres()
                        ? "SELECT gid FROM pg_prepared_xacts WHERE database = current_database()"
                        : "SELECT TRANSACTION_NAME FROM INFORMATION_SCHEMA.IN_DOUBT");
    }

    List<String> texts(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (result.next()) {
                texts.add(result.getString(1));
            }
            return texts;
        }
    }
}
