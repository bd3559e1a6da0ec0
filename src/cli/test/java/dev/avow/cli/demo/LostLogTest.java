package dev.avow.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.cli.Held;
import dev.avow.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A demo whose log was deleted, or replaced by an older copy, while its databases wait for a recorded commit. */
class LostLogTest {
    private static final Order DECIDED = Order.of("O7", "Eve", "12.50");

    @TempDir
    private Path temporary;

    private DemoFolder folder;
    private Path copy;
    private Path newest;

    @BeforeEach
    void decideAndDie() throws Exception {
        folder = new DemoFolder(temporary.resolve("demo"));
        copy = temporary.resolve("copy");
        newest = temporary.resolve("newest");
        assertEquals(0, commit("A1").code());
        copy(folder.log(), copy);
        HaltedProcess process = HaltedProcess.run(folder, DECIDED, HaltPoint.AFTER_COMMIT_RECORD);
        assertEquals(
                "CoordinatorDecideCommit",
                process.seen().get(process.seen().size() - 1).action());
        Files.move(folder.log(), newest);
    }

    private Run commit(String order) throws IOException {
        Path file = Files.writeString(temporary.resolve("orders.csv"), order + ",Ada,1\n");
        return Run.of("demo", "--dir", folder.path(), "--orders", file);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private void putNewestBackAndRequireTheCommit() throws Exception {
        Files.move(newest, folder.log());
        Run run = commit("A1");
        assertEquals(0, run.code(), run::toString);
        assertTrue(run.out().contains("O7 was decided and is now told to orders and payments: committed"), run.out());
        Map<String, String> held = Held.in(folder.path()).orders();
        assertEquals("Eve 12.50", held.get("O7"));
        assertEquals(held, Held.in(folder.path()).payments());
    }

    @Test
    void databases_without_their_log_are_refused_and_left_in_doubt() throws Exception {
        Run run = commit("A2");
        assertEquals(1, run.code(), run::toString);
        assertTrue(
                run.err().startsWith("avow demo: " + folder.path() + " holds orders.mv.db and no log: "),
                run::toString);
        putNewestBackAndRequireTheCommit();
    }

    @Test
    void an_old_copy_of_the_log_decides_nothing_it_has_forgotten() throws Exception {
        copy(copy, folder.log());
        Run run = commit("A2");
        assertEquals(1, run.code(), run::toString);
        assertEquals(1, run.err().lines().count(), run::toString);
        assertTrue(run.err().contains("the coordinator's log is older than branch "), run::toString);
        Run log = Run.of("log", folder.path());
        assertTrue(log.out().contains(" holds it in doubt, and this log is older than that"), log::toString);

        // Another start of the same old copy, which would otherwise be a later incarnation than the branch's.
        Run again = commit("A2");
        assertEquals(1, again.code(), again::toString);
        assertTrue(again.out().contains("IN DOUBT: orders holds 1 prepared transaction, undecided"), again::toString);
        assertTrue(again.out().contains("IN DOUBT: payments holds 1 prepared transaction, undecided"), again::toString);

        Files.move(folder.log(), temporary.resolve("old"));
        putNewestBackAndRequireTheCommit();
    }
}
