package dev.avow.engine.participant;

import static dev.avow.engine.participant.FakeTransaction.id;
import static dev.avow.engine.participant.FakeTransaction.putting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.KeyValueStore;
import dev.avow.engine.KeyValueStore.LockedException;
import dev.avow.engine.LogOptions;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyValueRestartTest {

    private static final LogOptions SMALL = LogOptions.defaults().withSegmentBytes(4_096);

    @TempDir
    Path directory;

    private KeyValueStore open() {
        return KeyValueStore.open(directory.resolve("log"), "accounts", SMALL);
    }

    private KeyValueStore openImage(String name) throws IOException {
        Path image = Crash.image(directory.resolve("log"), directory.resolve(name));
        return KeyValueStore.open(image, "accounts", SMALL);
    }

    @Test
    void a_yes_vote_survives_a_crash_with_its_locks_and_can_be_committed() throws Exception {
        try (KeyValueStore store = open()) {
            putting(store, 1, "alice", "10");
            assertEquals(Vote.YES, store.prepare(id(1)));
            try (KeyValueStore restarted = openImage("crashed")) {
                assertEquals(List.of(id(1)), List.copyOf(restarted.inDoubt()));
                assertEquals(Optional.empty(), restarted.get("alice"));
                LockedException locked =
                        assertThrows(LockedException.class, () -> putting(restarted, 2, "alice", "20"));
                assertEquals(id(1), locked.holder());
                assertEquals(Vote.YES, restarted.prepare(id(1)), "the vote may have been lost");
                restarted.commit(id(1));
                assertEquals(Optional.of("10"), restarted.get("alice"));
                putting(restarted, 3, "alice", "30");
            }
        }
    }

    @Test
    void a_prepared_branch_can_be_aborted_after_a_crash() throws Exception {
        try (KeyValueStore store = open()) {
            putting(store, 1, "alice", "10");
            assertEquals(Vote.YES, store.prepare(id(1)));
            try (KeyValueStore restarted = openImage("crashed")) {
                restarted.abort(id(1));
                assertEquals(List.of(), List.copyOf(restarted.inDoubt()));
                putting(restarted, 2, "alice", "20");
            }
        }
    }

    @Test
    void commits_in_one_phase_and_in_two_survive_a_crash() throws Exception {
        try (KeyValueStore store = open()) {
            putting(store, 1, "alice", "10");
            assertEquals(Vote.YES, store.prepare(id(1)));
            store.commit(id(1));
            putting(store, 2, "bob", "20");
            assertEquals(Ending.COMMITTED, store.commitOnePhase(id(2)));
            try (KeyValueStore restarted = openImage("crashed")) {
                assertEquals(Optional.of("10"), restarted.get("alice"));
                assertEquals(Optional.of("20"), restarted.get("bob"));
                assertEquals(List.of(), List.copyOf(restarted.inDoubt()));
            }
        }
    }

    @Test
    void work_that_was_not_prepared_goes_with_a_crash_and_its_prepare_is_answered_no() throws Exception {
        try (KeyValueStore store = open()) {
            putting(store, 1, "alice", "10");
            try (KeyValueStore restarted = openImage("crashed")) {
                assertEquals(Vote.NO, restarted.prepare(id(1)));
                assertEquals(Ending.UNKNOWN, restarted.commitOnePhase(id(1)));
                assertEquals(Optional.empty(), restarted.get("alice"));
                putting(restarted, 2, "alice", "20");
            }
        }
    }

    @Test
    void an_abort_is_not_forced_so_its_branch_may_be_in_doubt_again_after_a_crash() throws Exception {
        try (KeyValueStore store = open()) {
            putting(store, 1, "alice", "10");
            assertEquals(Vote.YES, store.prepare(id(1)));
            store.abort(id(1));
            try (KeyValueStore restarted = openImage("before")) {
                assertEquals(List.of(id(1)), List.copyOf(restarted.inDoubt()));
                restarted.abort(id(1));
            }
            putting(store, 2, "alice", "20");
            assertEquals(Vote.YES, store.prepare(id(2)), "which takes the abort with it");
            try (KeyValueStore restarted = openImage("after")) {
                assertEquals(List.of(id(2)), List.copyOf(restarted.inDoubt()));
            }
            try (KeyValueStore restarted = KeyValueStore.open(directory.resolve("before"), "accounts", SMALL)) {
                assertEquals(List.of(), List.copyOf(restarted.inDoubt()), "closing writes the abort");
            }
        }
    }

    @Test
    void closing_keeps_prepared_branches_in_doubt() throws Exception {
        try (KeyValueStore store = open()) {
            putting(store, 1, "alice", "10");
            assertEquals(Vote.YES, store.prepare(id(1)));
        }
        try (KeyValueStore store = open()) {
            assertEquals(List.of(id(1)), List.copyOf(store.inDoubt()));
        }
    }

    @Test
    void turning_segments_over_loses_no_entry_and_no_branch_in_doubt_and_keeps_the_log_small() throws Exception {
        List<String> removed = new ArrayList<>();
        try (KeyValueStore store = open()) {
            putting(store, 1, "in doubt", "1");
            assertEquals(Vote.YES, store.prepare(id(1)));
            putting(store, 2, "alone", "2");
            assertEquals(Vote.YES, store.prepare(id(2)));
            store.decideAlone(id(2), Ending.COMMITTED);
            for (int i = 10; i < 300; i++) {
                FakeTransaction transaction = putting(store, i, "key" + i % 20, "value" + i);
                if (i % 7 == 0) {
                    store.remove(transaction, "key" + (i + 1) % 20);
                    removed.add("key" + (i + 1) % 20);
                }
                removed.remove("key" + i % 20);
                assertEquals(Ending.COMMITTED, store.commitOnePhase(id(i)));
            }
            try (KeyValueStore restarted = openImage("crashed")) {
                for (int i = 280; i < 300; i++) {
                    String key = "key" + i % 20;
                    Optional<String> value = removed.contains(key) ? Optional.empty() : Optional.of("value" + i);
                    assertEquals(value, restarted.get(key), key);
                    assertEquals(value, store.get(key), key);
                }
                assertEquals(Optional.of("2"), restarted.get("alone"));
                assertEquals(List.of(id(1), id(2)), List.copyOf(restarted.inDoubt()));
                restarted.commit(id(1));
                restarted.commit(id(2));
                assertEquals(Optional.of("1"), restarted.get("in doubt"));
            }
        }
        List<Long> segments = segmentBytes(directory.resolve("log"));
        assertEquals(1, segments.size());
        assertTrue(segments.get(0) <= 3 * 4_096, segments::toString);
    }

    private static List<Long> segmentBytes(Path log) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".avow"))
                    .map(file -> file.toFile().length())
                    .toList();
        }
    }

    @Test
    void a_state_of_several_snapshot_pieces_comes_back_whole() throws Exception {
        String value = "v".repeat(400_000);
        try (KeyValueStore store = open()) {
            for (int i = 1; i <= 8; i++) {
                putting(store, i, "key" + i, value + i);
                assertEquals(Ending.COMMITTED, store.commitOnePhase(id(i)));
            }
        }
        open().close();
        try (KeyValueStore store = open()) {
            for (int i = 1; i <= 8; i++) {
                assertEquals(Optional.of(value + i), store.get("key" + i));
            }
        }
    }
}
