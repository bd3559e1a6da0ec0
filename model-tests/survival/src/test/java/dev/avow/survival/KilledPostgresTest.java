package dev.avow.survival;

import dev.avow.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A process with an H2 database and a PostgreSQL server: either is killed by SIGKILL under load, or both are. */
final class KilledPostgresTest {
    private static final int CYCLES = 2;
    private static final int CYCLES_THOROUGH = 67;

    private static Path root;
    private static PostgresServer server;
    private static Kills kills;

    @BeforeAll
    static void start_the_server() throws Exception {
        root = Runs.newRoot("killed-postgres");
        server = PostgresServer.start(root);
        kills = new Kills(new PostgresDatabases(root, server), root, KilledPostgresTest.class);
    }

    private static int cycles() {
        return Rotation.isThorough() ? CYCLES_THOROUGH : CYCLES;
    }

    @Test
    void a_kill_of_the_process_loses_nothing_and_halves_nothing() throws Exception {
        kills.ofTheProcess(cycles());
    }

    @Test
    void a_kill_of_the_server_with_prepared_branches_is_recovered_by_the_running_process() throws Exception {
        kills.ofTheServer(server, cycles());
    }

    @Test
    void a_kill_of_process_and_server_loses_nothing_and_halves_nothing() throws Exception {
        kills.ofBoth(server, cycles());
    }

    @AfterAll
    static void stop_the_server() throws IOException {
        server.close();
        Figures.write();
    }
}
