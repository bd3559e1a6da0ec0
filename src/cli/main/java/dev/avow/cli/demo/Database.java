package dev.avow.cli.demo;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * An H2 database in one file.
 *
 * @param file without its ending, {@code .mv.db}
 */
record Database(Path file) {
    private static final String USER = "avow";
    private static final String PASSWORD = "";

    /**
     * With its default write delay, H2 acknowledges a commit up to half a second before it writes it, and loses it if the
     * process dies meanwhile. Its exit hook would close the database under a coordinator that still works.
     */
    private String url() {
        return "jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }

    XADataSource xaDataSource() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url());
        source.setUser(USER);
        source.setPassword(PASSWORD);
        return source;
    }

    /** A plain connection, outside of any coordinator. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, PASSWORD);
    }
}
