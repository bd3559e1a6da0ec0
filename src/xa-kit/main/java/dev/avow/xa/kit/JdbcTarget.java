package dev.avow.xa.kit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;

/** A database behind an {@link XADataSource}. Writes into its table {@code avow_kit}, which it makes if there is none. */
public class JdbcTarget implements XaTarget {
    /** The statement that writes a marker. */
    public static final String WRITE = "INSERT INTO avow_kit VALUES (?)";

    /** The statement that counts one. By the primary key: some databases read no row near one that is prepared. */
    public static final String COUNT = "SELECT COUNT(*) FROM avow_kit WHERE marker = ?";

    private final String name;
    private final XADataSource source;

    /** @param name for people */
    public JdbcTarget(String name, XADataSource source) {
        this.name = name;
        this.source = source;
    }

    @Override
    public String name() {
        return name;
    }

    /** The database. */
    public XADataSource source() {
        return source;
    }

    /**
     * Makes the table, unless it is there.
     *
     * @throws SQLException if it can't be made
     */
    public JdbcTarget prepared() throws SQLException {
        XAConnection physical = source.getXAConnection();
        try (Connection connection = physical.getConnection();
                ResultSet tables = connection
                        .getMetaData()
                        .getTables(connection.getCatalog(), connection.getSchema(), "%", null)) {
            boolean there = false;
            while (tables.next()) {
                there |= "avow_kit".equalsIgnoreCase(tables.getString("TABLE_NAME"));
            }
            if (!there) {
                make(connection);
            }
        } finally {
            physical.close();
        }
        return this;
    }

    private static void make(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE avow_kit (marker VARCHAR(100) NOT NULL PRIMARY KEY)");
        }
    }

    @Override
    public XaLink open() throws SQLException {
        return new Link(source.getXAConnection());
    }

    @Override
    public int count(String marker) throws SQLException {
        XAConnection physical = source.getXAConnection();
        try (Connection connection = physical.getConnection();
                PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setString(1, marker);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        } finally {
            physical.close();
        }
    }

    private static final class Link implements XaLink {
        private final XAConnection physical;
        private final XAResource resource;
        /** One for all branches: with some drivers another one ends what is under way. */
        private final Connection handle;

        Link(XAConnection physical) throws SQLException {
            this.physical = physical;
            this.resource = physical.getXAResource();
            this.handle = physical.getConnection();
        }

        @Override
        public XAResource resource() {
            return resource;
        }

        @Override
        public void write(String marker) throws SQLException {
            try (PreparedStatement statement = handle.prepareStatement(WRITE)) {
                statement.setString(1, marker);
                statement.executeUpdate();
            }
        }

        @Override
        public void read() throws SQLException {
            try (PreparedStatement statement = handle.prepareStatement(COUNT)) {
                statement.setString(1, "nobody writes this");
                statement.executeQuery().close();
            }
        }

        @Override
        public void close() {
            try {
                physical.close();
            } catch (SQLException | RuntimeException broken) {
                // It is gone, then.
            }
        }
    }
}
