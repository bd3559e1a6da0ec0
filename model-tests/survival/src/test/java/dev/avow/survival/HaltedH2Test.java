package dev.avow.survival;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A process with two H2 databases and a key-value store dies at every point. */
final class HaltedH2Test {
    private static final int HALTS = 12;

    @Test
    void a_halt_at_any_point_loses_nothing_and_halves_nothing() throws Exception {
        Path root = Runs.newRoot("halted-h2");
        new Walks(H2Databases::new, root, HaltedH2Test.class).walk(HALTS);
    }

    @AfterAll
    static void leave_figures() throws IOException {
        Figures.write();
    }
}
