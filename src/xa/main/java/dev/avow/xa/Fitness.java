package dev.avow.xa;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a database says of itself before a branch depends on it.
 *
 * @param identity the same for two data sources that lead to one database as one user
 * @param warnings what may be lost as it is set up, and what to change
 */
record Fitness(String identity, List<String> warnings) {
    private static final Logger LOG = LoggerFactory.getLogger(Fitness.class);
    private static final String MYSQL = "MySQL ";

    /**
     * Asks a connection that is in no branch.
     *
     * @param name the participant's, for the messages
     * @throws UnfitResourceException if its prepared branches can't be kept
     * @throws SQLException if it doesn't answer
     */
    static Fitness of(String name, Connection connection) throws SQLException {
        DatabaseMetaData about = connection.getMetaData();
        String database = about.getURL() + " as " + about.getUserName();
        return switch (about.getDatabaseProductName()) {
            case "PostgreSQL" -> postgres(name, connection, database);
            case "H2" -> h2(name, connection, database);
            case "Apache Derby" ->
                new Fitness(database, inMemory(name, about.getURL().startsWith("jdbc:derby:memory:")));
            case "MariaDB", "MySQL" -> maria(name, connection, database);
            case "HSQL Database Engine" ->
                throw new UnfitResourceException(
                        "\"" + name
                                + "\" is an HSQLDB: what it has prepared is gone after a crash. Use another database, such as H2");
            default -> new Fitness(database, List.of());
        };
    }

    private static Fitness postgres(String name, Connection connection, String database) {
        if (read(connection, "SHOW max_prepared_transactions").equals(Optional.of("0"))) {
            throw new UnfitResourceException(
                    "\"" + name + "\" is a PostgreSQL with max_prepared_transactions = 0, so it"
                            + " prepares nothing: set it in postgresql.conf to at least the number of transactions at once, such"
                            + " as 100, and restart the server");
        }
        List<String> warnings = new ArrayList<>();
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            if (read(connection, "SHOW " + setting).equals(Optional.of("off"))) {
                warnings.add("\"" + name + "\" is a PostgreSQL with " + setting
                        + " = off: a crash may take with it what was committed. Set it to on");
            }
        }
        Optional<String> cluster = read(
                connection,
                "SELECT system_identifier || ' ' || current_database() || ' as ' || current_user FROM pg_control_system()");
        return new Fitness(cluster.map("PostgreSQL "::concat).orElse(database), warnings);
    }

    private static Fitness h2(String name, Connection connection, String database) {
        Optional<String> path = read(connection, "CALL DATABASE_PATH()");
        if (path.isEmpty()) {
            return new Fitness(database, inMemory(name, true));
        }
        boolean delayed = read(
                        connection,
                        "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'WRITE_DELAY'")
                .filter(millis -> !millis.equals("0"))
                .isPresent();
        return new Fitness(
                "H2 " + path.get(),
                delayed
                        ? List.of("\"" + name
                                + "\" is an H2 database that delays its writes: a crash may take with it what"
                                + " was committed in one phase. Add ;WRITE_DELAY=0 to its URL")
                        : List.of());
    }

    private static List<String> inMemory(String name, boolean is) {
        return is
                ? List.of("\"" + name + "\" is in memory: nothing of it is left after the process, so for tests only")
                : List.of();
    }

    private static Fitness maria(String name, Connection connection, String database) {
        List<String> warnings = new ArrayList<>();
        if (read(connection, "SELECT @@innodb_flush_log_at_trx_commit")
                .filter(flush -> !flush.equals("1"))
                .isPresent()) {
            warnings.add(
                    "\"" + name + "\" has innodb_flush_log_at_trx_commit other than 1: a crash may take with it what"
                            + " was committed. Set it to 1");
        }
        Optional<String> server = read(
                connection,
                "SELECT CONCAT(@@hostname, ':', @@port, @@datadir, ' ', DATABASE(), ' as ', CURRENT_USER())");
        return new Fitness(MYSQL + server.orElse(database), warnings);
    }

    /** MySQL answers a scan of one who may not with XAER_RMERR. */
    boolean needsPrivilegeToRecover() {
        return identity.startsWith(MYSQL);
    }

    /** A question that the database refuses gives nothing up but its answer. */
    private static Optional<String> read(Connection connection, String query) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next() ? Optional.ofNullable(result.getString(1)) : Optional.empty();
        } catch (SQLException refused) {
            LOG.debug("{} isn't answered", query, refused);
            return Optional.empty();
        }
    }
}
