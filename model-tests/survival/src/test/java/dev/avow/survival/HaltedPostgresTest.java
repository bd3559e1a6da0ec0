package dev.avow.survival;

import dev.avow.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A process with an H2 database, a PostgreSQL server beside it and a key-value store dies at every point. */
final class HaltedPostgresTest {
    private static final int HALTS = 5;

    @Test
    void a_halt_at_any_point_loses_nothing_and_halves_nothing() throws Exception {
        Path root = Runs.newRoot("halted-postgres");
        try (PostgresServer server = PostgresServer.start(root)) {
            new Walks(lane -> new PostgresDatabases(lane, server), root, HaltedPostgresTest.class).walk(HALTS);
        }
    }

    @AfterAll
    static void leave_figures() throws IOException {
        Figures.write();
    }
}
