package dev.avow.cli.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What an H2 database holds prepared and undecided: a work that may yet be seen, or may not. */
public final class InDoubt {
    private InDoubt() {}

    public static long count(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT COUNT(*) FROM INFORMATION_SCHEMA.IN_DOUBT")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
