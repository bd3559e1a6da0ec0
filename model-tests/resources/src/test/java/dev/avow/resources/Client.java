package dev.avow.resources;

import dev.avow.jta.AvowTransactionManager;
import dev.avow.servers.DerbyServer;
import dev.avow.xa.kit.JdbcTarget;
import dev.avow.xa.kit.XaTarget;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.xa.PGXADataSource;

/** A resource manager as a client reaches it, from any process. */
interface Client {
    /** What there is to write to and count in, without a coordinator. */
    XaTarget target();

    /** Takes part in a coordinator's transactions; this one sees its XA calls. */
    Member member(String name, Taps taps);

    /** Takes part in a manager's transactions under this name. */
    void register(AvowTransactionManager.Builder builder, String name, Taps taps);

    /** Works in the manager's current transaction, once registered. */
    JtaMember in(AvowTransactionManager manager, String name, Taps taps);

    /**
     * The client of a resource manager that runs already.
     *
     * @param place the port, or the file of a database in this process
     */
    static Client of(Kind kind, String place) {
        return switch (kind) {
            case H2 -> new JdbcClient(h2(Path.of(place)));
            case DERBY -> new JdbcClient(new JdbcTarget("Derby", DerbyServer.database("kit", Integer.parseInt(place))));
            case POSTGRESQL ->
                new JdbcClient(
                        new JdbcTarget("PostgreSQL", postgres("jdbc:postgresql://localhost:" + place + "/postgres")));
            case MARIADB -> new JdbcClient(mariadb("kit", Integer.parseInt(place)));
            case ARTEMIS -> new LinkClient(new ArtemisTarget(Integer.parseInt(place)));
        };
    }

    /** Its exit hook would close it under a coordinator that still works; compacting takes longer than a test. */
    static JdbcTarget h2(Path file) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(
                "jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;MAX_COMPACT_TIME=0");
        source.setUser("sa");
        source.setPassword("");
        return new JdbcTarget("H2", source);
    }

    static XADataSource postgres(String url) {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(url);
        source.setUser("postgres");
        return source;
    }

    /** A database of it, made by the first connection. */
    static JdbcTarget mariadb(String name, int port) {
        try {
            MariaDbDataSource source = new MariaDbDataSource(
                    "jdbc:mariadb://127.0.0.1:" + port + "/" + name + "?createDatabaseIfNotExist=true");
            source.setUser("root");
            return new JdbcTarget("MariaDB", source);
        } catch (SQLException malformed) {
            throw new IllegalArgumentException(name, malformed);
        }
    }
}
