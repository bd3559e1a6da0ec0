package dev.avow.benchmarks.database;

import dev.avow.benchmarks.disk.Folders;
import dev.avow.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.postgresql.xa.PGXADataSource;

/** Two databases of one kind, each with a row for each thread. */
@State(Scope.Benchmark)
public class Databases {
    /** As many threads at most. */
    static final int ROWS = 256;

    private static final List<String> NAMES = List.of("orders", "payments");

    @Param({"h2", "postgres"})
    public String database = "h2";

    private final Path directory = Folders.create();
    private Optional<PostgresServer> server = Optional.empty();
    private List<XADataSource> sources = List.of();

    @Setup
    public void open() throws IOException, SQLException {
        if (database.equals("postgres")) {
            PostgresServer started = PostgresServer.start(directory);
            server = Optional.of(started);
            sources = List.of(postgres(started.make()), postgres(started.make()));
        } else {
            sources = NAMES.stream().map(this::h2).toList();
        }
        for (XADataSource source : sources) {
            fill(source);
        }
    }

    private static XADataSource postgres(String url) {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(url);
        source.setUser("postgres");
        return source;
    }

    private XADataSource h2(String name) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + directory.resolve(name).toAbsolutePath());
        source.setUser("sa");
        return source;
    }

    private static void fill(XADataSource source) throws SQLException {
        XAConnection session = source.getXAConnection();
        try (Connection connection = session.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table stock (id int primary key, pieces int not null)");
            for (int row = 0; row < ROWS; row++) {
                statement.execute("insert into stock values (" + row + ", 0)");
            }
        } finally {
            session.close();
        }
    }

    XADataSource first() {
        return sources.get(0);
    }

    XADataSource second() {
        return sources.get(1);
    }

    Path log() {
        return directory.resolve("log");
    }

    @TearDown
    public void close() throws IOException {
        if (server.isPresent()) {
            server.get().close();
        }
        Folders.delete(directory);
    }
}
