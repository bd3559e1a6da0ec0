package dev.avow.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.avow.servers.PostgresServer;
import dev.avow.simulator.Result;
import dev.avow.simulator.Settings;
import dev.avow.simulator.Simulation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Round after round for as long as asked: the process, the PostgreSQL server and both are killed under load, and between
 * the rounds simulated worlds have disks that fail, fill up, tear and are damaged. One round at least; no finding at all.
 */
final class SoakTest {
    private static final String MINUTES = "avow.survival.minutes";
    private static final int MINUTES_THOROUGH = 30;
    private static final int WORLDS_IN_A_ROUND = 500;
    private static final Settings FAULTY_DISKS = Settings.parse("disk-faults=60,damage=60,takeovers=5");

    private static Path root;
    private static PostgresServer server;

    private long seed = System.nanoTime();

    @BeforeAll
    static void start_the_server() throws Exception {
        // Simulated operators decide alone many thousand times, and each is worth a line.
        System.setProperty("org.slf4j.simpleLogger.log.dev.avow.engine", "off");
        root = Runs.newRoot("soak");
        server = PostgresServer.start(root);
    }

    @Test
    void kills_and_faults_find_nothing_until_the_time_is_over() throws Exception {
        Kills ofH2 = new Kills(new H2Databases(root.resolve("h2")), root.resolve("h2"), KilledH2Test.class);
        Kills ofPostgres = new Kills(new PostgresDatabases(root, server), root, KilledPostgresTest.class);
        int minutes = Integer.getInteger(MINUTES, Rotation.isThorough() ? MINUTES_THOROUGH : 0);
        long endNanos = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        do {
            ofH2.ofTheProcess(2);
            ofPostgres.ofTheProcess(1);
            ofPostgres.ofTheServer(server, 1);
            ofPostgres.ofBoth(server, 1);
            simulate();
            Figures.write();
        } while (System.nanoTime() < endNanos);
    }

    private void simulate() {
        for (int world = 0; world < WORLDS_IN_A_ROUND; world++) {
            Result result = Simulation.run(FAULTY_DISKS, seed++);
            assertEquals(Optional.empty(), result.violation(), () -> "repeat it: avow " + result.command());
            Figures.add(Figures.Figure.SIMULATED, result.transactions());
        }
    }

    @AfterAll
    static void stop_the_server() throws IOException {
        server.close();
        Figures.write();
    }
}
