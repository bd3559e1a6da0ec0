package dev.avow.survival;

import dev.avow.servers.Await;
import dev.avow.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Orders in an H2 file, payments in a PostgreSQL server, which outlives the process. */
final class PostgresDatabases implements Databases {
    private static final String OTHERS =
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

    private final H2Databases files;
    private final PostgresServer server;
    private final Deque<Database> emptied = new ArrayDeque<>();

    PostgresDatabases(Path root, PostgresServer server) throws IOException, SQLException {
        this.files = new H2Databases(root);
        this.server = server;
    }

    @Override
    public Place fresh(Path folder) throws IOException, SQLException {
        Database payments = emptied.isEmpty() ? make() : emptied.poll();
        return new Place(folder, files.fresh(folder).orders(), payments).note();
    }

    private Database make() throws SQLException {
        Database database = new Database(server.make());
        database.execute(PAYMENTS.toArray(String[]::new));
        return database;
    }

    /** A database with prepared branches can't be copied. */
    @Override
    public Optional<Place> copy(Place place, Path folder) {
        return Optional.empty();
    }

    /** The server learns of a client's end from its socket, and may still be about to prepare what that one asked for. */
    @Override
    public void awaitQuiet(Place place) throws Exception {
        Await.until(() -> place.payments().texts(OTHERS).isEmpty(), () -> "sessions of a dead process stay");
    }

    @Override
    public void drop(Place place) throws IOException, SQLException {
        place.payments().execute("TRUNCATE payment");
        emptied.add(place.payments());
        files.drop(place);
    }
}
