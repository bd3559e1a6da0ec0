package dev.avow.engine.participant;

import static dev.avow.engine.participant.FakeTransaction.id;
import static dev.avow.engine.participant.FakeTransaction.putting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.BranchEnding;
import dev.avow.engine.HeuristicException;
import dev.avow.engine.KeyValueStore;
import dev.avow.engine.KeyValueStore.LockedException;
import dev.avow.engine.participant.KilledStore.Moment;
import dev.avow.protocol.Vote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process dies at each durable step, and this one opens what it left. */
final class KeyValueKillTest {

    @TempDir
    Path directory;

    private KeyValueStore openKilled(Moment moment) throws Exception {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledStore.class.getName(),
                        directory.resolve("log").toString(),
                        moment.name())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        assertTrue(ended, "the process hangs");
        assertEquals(KilledStore.HALTED, process.exitValue(), Files.readString(output));
        return KeyValueStore.open(directory.resolve("log"), "accounts");
    }

    @Test
    void a_process_killed_after_its_vote_finds_it_in_doubt_and_locked() throws Exception {
        try (KeyValueStore store = openKilled(Moment.PREPARED)) {
            assertEquals(List.of(id(1)), List.copyOf(store.inDoubt()));
            assertThrows(LockedException.class, () -> putting(store, 3, "alice", "30"));
            assertEquals(Vote.NO, store.prepare(id(2)));
            putting(store, 3, "bob", "30");
            store.commit(id(1));
            assertEquals(Optional.of("10"), store.get("alice"));
        }
    }

    @Test
    void a_process_killed_after_its_commit_finds_it_committed() throws Exception {
        try (KeyValueStore store = openKilled(Moment.COMMITTED)) {
            assertEquals(Optional.of("10"), store.get("alice"));
            assertEquals(List.of(), List.copyOf(store.inDoubt()));
            store.commit(id(1));
        }
    }

    @Test
    void a_process_killed_after_a_commit_in_one_phase_finds_it_committed() throws Exception {
        try (KeyValueStore store = openKilled(Moment.COMMITTED_IN_ONE)) {
            assertEquals(Optional.of("10"), store.get("alice"));
            assertEquals(Optional.empty(), store.get("bob"));
        }
    }

    @Test
    void a_process_killed_after_it_decided_alone_remembers_that() throws Exception {
        try (KeyValueStore store = openKilled(Moment.DECIDED_ALONE)) {
            putting(store, 3, "alice", "30");
            HeuristicException contradicted = assertThrows(HeuristicException.class, () -> store.commit(id(1)));
            assertEquals(BranchEnding.HEURISTIC_ABORTED, contradicted.ending());
        }
    }
}
