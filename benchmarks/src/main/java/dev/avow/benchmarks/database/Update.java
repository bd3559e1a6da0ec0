package dev.avow.benchmarks.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** The work in each database: one row, which belongs to the thread alone. */
record Update(int row) {
    private static final AtomicInteger ROWS = new AtomicInteger();

    static Update ofThisThread() {
        return new Update(ROWS.getAndIncrement() % Databases.ROWS);
    }

    void run(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("update stock set pieces = pieces + 1 where id = ?")) {
            statement.setInt(1, row);
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("there is no row " + row);
            }
        }
    }
}
