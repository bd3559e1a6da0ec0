package dev.avow.services;

import dev.avow.cli.demo.services.ServiceDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.XADataSource;
import org.postgresql.xa.PGXADataSource;

/**
 * A database of a PostgreSQL server.
 *
 * @param url its JDBC address
 */
record PostgresDatabase(String url) implements ServiceDatabase {
    private static final String USER = "postgres";
    /** Who waits for the row of a branch in doubt gives up, as H2 does. */
    private static final String OPTIONS = "-c lock_timeout=2000";

    @Override
    public XADataSource xaDataSource() {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(url);
        source.setUser(USER);
        source.setPassword("");
        source.setOptions(OPTIONS);
        return source;
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, USER, "");
    }

    @Override
    public long inDoubt(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(
                        "SELECT COUNT(*) FROM pg_prepared_xacts WHERE database = current_database()")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
