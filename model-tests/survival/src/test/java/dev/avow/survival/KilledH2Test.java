package dev.avow.survival;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A process with two H2 databases and a key-value store is killed by SIGKILL while eight callers order. */
final class KilledH2Test {
    private static final int CYCLES = 10;
    private static final int CYCLES_THOROUGH = 200;

    @Test
    void a_kill_under_load_loses_nothing_and_halves_nothing() throws Exception {
        Path root = Runs.newRoot("killed-h2");
        Kills kills = new Kills(new H2Databases(root), root, KilledH2Test.class);
        kills.ofTheProcess(Rotation.isThorough() ? CYCLES_THOROUGH : CYCLES);
    }

    @AfterAll
    static void leave_figures() throws IOException {
        Figures.write();
    }
}
