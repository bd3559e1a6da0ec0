package dev.avow.cli.demo;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.XADataSource;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;

/**
 * An H2 database in one file.
 *
 * @param file without its ending, {@code .mv.db}
 */
public record Database(Path file) {
    public static final String USER = "avow";
    private static final String PASSWORD = "";
    private static final Set<Integer> FOREIGN = Set.of(
            ErrorCode.WRONG_USER_OR_PASSWORD,
            ErrorCode.FILE_CORRUPTED_1,
            ErrorCode.IO_EXCEPTION_1,
            ErrorCode.IO_EXCEPTION_2,
            ErrorCode.FILE_VERSION_ERROR_1,
            ErrorCode.COLUMN_NOT_FOUND_1,
            ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1,
            ErrorCode.NOT_ENOUGH_RIGHTS_FOR_1,
            ErrorCode.ADMIN_RIGHTS_REQUIRED);

    /**
     * With its default write delay, H2 acknowledges a commit up to half a second before it writes it, and loses it if the
     * process dies meanwhile. Its exit hook would close the database under a coordinator that still works. Its trace file
     * would lie beside what people are to look at.
     */
    private String url() {
        return "jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    }

    /** What a person needs to open it. */
    public String plainUrl() {
        return "jdbc:h2:file:" + file.toAbsolutePath().normalize();
    }

    /** The one file that H2 makes of it. */
    Path mvFile() {
        return file.resolveSibling(file.getFileName() + ".mv.db");
    }

    /** Whether it failed as a file does that the demo hasn't made: other user, other tables, other format. */
    boolean isForeign(SQLException failure) {
        return FOREIGN.contains(failure.getErrorCode());
    }

    public XADataSource xaDataSource() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url());
        source.setUser(USER);
        source.setPassword(PASSWORD);
        return source;
    }

    /** A plain connection, outside of any coordinator. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, PASSWORD);
    }
}
