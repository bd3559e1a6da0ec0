package dev.avow.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.avow.servers.Await;
import dev.avow.servers.PostgresServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Kills at moments that chance draws: when callers have been told of so many commits. */
final class Kills {
    private static final String SEED = "avow.survival.seed";
    private static final int MOST_ACKNOWLEDGED = 150;
    private static final int AGAIN_ACKNOWLEDGED = 50;

    private final Runs runs;
    private final Random random;
    private final String repetition;

    Kills(Databases databases, Path root, Class<?> test) {
        long seed = Long.getLong(SEED, System.nanoTime());
        this.runs = new Runs(databases, root);
        this.random = new Random(seed);
        this.repetition = "mvn test -pl model-tests/survival -am -DskipPitest=true -Dtest=" + test.getSimpleName()
                + " -D" + SEED + "=" + seed;
        System.out.println(
                test.getSimpleName() + ": kills at moments drawn from a seed. The same draws again: " + repetition);
    }

    /** SIGKILL of the process. */
    void ofTheProcess(int cycles) throws Exception {
        for (int cycle = 1; cycle <= cycles; cycle++) {
            Place place = runs.fresh();
            int acknowledged = drawn();
            Process child = runs.start(place, Errand.load(place, Long.MAX_VALUE));
            awaitAcknowledged(place, acknowledged, child);
            kill(child);
            runs.recoverLater(place, "SIGKILL at " + acknowledged + " acknowledgements", repetition);
        }
        runs.settle();
    }

    /** SIGKILL of the server while branches are prepared there. The process lives, and recovers by itself. */
    void ofTheServer(PostgresServer server, int cycles) throws Exception {
        for (int cycle = 1; cycle <= cycles; cycle++) {
            Place place = runs.fresh();
            int acknowledged = drawn();
            Process child = runs.start(place, Errand.load(place, acknowledged));
            killHolding(server, place, child);
            say(child, Load.RELEASE);
            server.restart();
            awaitAcknowledged(place, count(place) + AGAIN_ACKNOWLEDGED, child);
            say(child, Load.STOP);
            assertEquals(0, runs.end(child), runs::said);
            runs.audit(place, "SIGKILL of the server at " + acknowledged + " acknowledgements", repetition);
        }
    }

    /** SIGKILL of both, one right after the other, in either order. */
    void ofBoth(PostgresServer server, int cycles) throws Exception {
        for (int cycle = 1; cycle <= cycles; cycle++) {
            Place place = runs.fresh();
            int acknowledged = drawn();
            Process child = runs.start(place, Errand.load(place, acknowledged));
            boolean processFirst = random.nextBoolean();
            if (processFirst) {
                awaitHeld(place, child);
                kill(child);
                killHolding(server, place);
            } else {
                killHolding(server, place, child);
                kill(child);
            }
            server.restart();
            runs.recoverLater(
                    place,
                    "SIGKILL of " + (processFirst ? "the process and the server" : "the server and the process")
                            + " at " + acknowledged + " acknowledgements",
                    repetition);
            runs.settle();
        }
    }

    private int drawn() {
        return 1 + random.nextInt(MOST_ACKNOWLEDGED);
    }

    private void killHolding(PostgresServer server, Place place, Process child) throws Exception {
        awaitHeld(place, child);
        killHolding(server, place);
    }

    private static void killHolding(PostgresServer server, Place place) throws Exception {
        assertNotEquals(0, place.payments().inDoubt().size(), "nothing is prepared");
        server.kill();
        Figures.add(Figures.Figure.SERVER_KILLS, 1);
    }

    private void awaitHeld(Place place, Process child) throws Exception {
        Await.until(() -> requireAlive(child) && Files.exists(place.held()), runs::said);
    }

    private void awaitAcknowledged(Place place, int enough, Process child) throws Exception {
        Await.until(() -> requireAlive(child) && count(place) >= enough, runs::said);
    }

    private boolean requireAlive(Process child) {
        if (!child.isAlive()) {
            throw new IllegalStateException("a child ended before it was killed: " + runs.said());
        }
        return true;
    }

    private static int count(Place place) throws IOException {
        return Acknowledgements.said(Acknowledgements.COMMITTED, place.acknowledgements())
                .size();
    }

    private void kill(Process child) throws Exception {
        child.destroyForcibly();
        assertEquals(HaltingPoints.HALTED, runs.end(child));
        Figures.add(Figures.Figure.SIGKILLS, 1);
    }

    private static void say(Process child, int word) throws IOException {
        OutputStream line = child.getOutputStream();
        line.write(word);
        line.flush();
    }
}
