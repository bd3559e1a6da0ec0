package dev.avow.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the races: all of them, or with {@code -Davow.races=Vote} those whose names begin so. */
class RacesIT {
    private static final String SOUND = "^dev\\.avow\\.threads\\." + System.getProperty("avow.races", "[A-Z]");
    private static final String BROKEN = "^dev\\.avow\\.threads\\.broken\\.";

    @Test
    void every_race_was_run_and_none_has_a_forbidden_result() throws Exception {
        Races races = Races.run("sound", SOUND);
        String see = "see " + races.folder().resolve("console.txt");
        assertEquals("", String.join("\n", races.complaints()), see);
        assertEquals(Races.compiled(SOUND), races.completed(), see);
        assertEquals(0, races.exitCode(), see);
    }

    @Test
    void without_a_look_at_the_fence_the_race_of_append_and_opening_has_its_forbidden_result() throws Exception {
        Races races = Races.run("broken", BROKEN);
        String see = "see " + races.folder().resolve("console.txt");
        assertEquals(Races.compiled(BROKEN), races.completed(), see);
        assertTrue(races.count("acknowledged, not found") > 0, see);
        assertTrue(String.join("\n", races.complaints()).contains("The decision is lost."), see);
        assertEquals(1, races.exitCode(), see);
    }

    @Test
    void a_race_that_nobody_runs_is_noticed() throws IOException {
        Races none = new Races(Path.of("target"), 0, List.of());
        assertTrue(Races.compiled(SOUND).size() > none.completed().size());
    }
}
