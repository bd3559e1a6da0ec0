package dev.avow.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.models.ModelReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier build has left isn't what this one has measured. */
class StaleFilesTest {
    private static final Instant BUILD_STARTED = Instant.parse("2026-05-05T12:00:00Z");
    private static final Path SPEC = Path.of(System.getProperty("avow.root", ".."), "spec");

    private final Path folder;

    StaleFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Path written(String name, String text, int secondsAfterTheStart) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setLastModifiedTime(file, FileTime.from(BUILD_STARTED.plusSeconds(secondsAfterTheStart)));
    }

    @Test
    void figures_of_an_earlier_build_do_not_count() throws IOException {
        written("old.figures", "seeds=1\n", -1);
        written("new.figures", "seeds=2\na=b=c\n", 0);
        written("other.txt", "no figure", 0);
        assertEquals(Map.of("new", Map.of("seeds", "2", "a", "b=c")), Figures.readAll(List.of(folder), BUILD_STARTED));
    }

    @Test
    void mutations_of_an_earlier_build_are_refused() throws IOException {
        String report = "<mutations><mutation detected=\"true\"/></mutations>";
        Path old = written("old.xml", report, -1);
        String refusal =
                String.valueOf(assertThrows(IllegalStateException.class, () -> Mutations.read(old, BUILD_STARTED))
                        .getMessage());
        assertTrue(refusal.startsWith("PIT's report is of 2026-05-05T11:59:59Z"), refusal);
        assertEquals(
                1, Mutations.read(written("new.xml", report, 0), BUILD_STARTED).killed());
    }

    @Test
    void a_model_that_was_not_run_in_this_build_is_not_shown_as_run() throws IOException {
        String log = """
                @!@!@STARTMSG 2193:0 @!@!@
                Model checking completed. No error has been found.
                @!@!@ENDMSG 2193 @!@!@
                @!@!@STARTMSG 2199:0 @!@!@
                3,012 states generated, 1,042 distinct states found, 0 states left on queue.
                @!@!@ENDMSG 2199 @!@!@
                """;
        written("TwoPhaseCommit_1p2c/tlc.log", log, 0);
        written("TwoPhaseCommit_2p2c/tlc.log", log, -1);
        List<List<String>> rows = ModelReport.rows(SPEC, folder, BUILD_STARTED);
        assertTrue(rows.contains(List.of("TwoPhaseCommit_1p2c.cfg", "holds", "holds", "1,042", "-")), rows::toString);
        assertTrue(rows.contains(List.of("TwoPhaseCommit_2p2c.cfg", "holds", "not run", "-", "-")), rows::toString);
    }
}
