package dev.avow.engine.participant;

import static dev.avow.engine.participant.FakeTransaction.id;
import static dev.avow.engine.participant.FakeTransaction.putting;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.KeyValueStore;
import dev.avow.engine.KeyValueStore.LockedException;
import dev.avow.engine.LogClosedException;
import dev.avow.engine.LogInUseException;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

final class KeyValueStoreTest {

    private static final String HALF_A_PAIR = "\ud83d";

    @TempDir
    Path directory;

    private KeyValueStore store;

    @BeforeEach
    void open() {
        store = KeyValueStore.open(directory, "accounts");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_prepared_and_committed_transaction_is_seen_by_all_and_not_before() throws Exception {
        FakeTransaction transaction = putting(store, 1, "alice", "10");
        assertTrue(transaction.isEnlisted());
        assertEquals(Optional.empty(), store.get("alice"));
        assertEquals(Vote.YES, store.prepare(id(1)));
        assertEquals(Optional.empty(), store.get("alice"));
        assertEquals(List.of(id(1)), List.copyOf(store.inDoubt()));

        store.commit(id(1));
        assertEquals(Optional.of("10"), store.get("alice"));
        assertEquals(List.of(), List.copyOf(store.inDoubt()));
    }

    @Test
    void an_aborted_transaction_leaves_nothing_prepared_or_not() throws Exception {
        putting(store, 1, "alice", "10");
        store.abort(id(1));
        putting(store, 2, "alice", "20");
        assertEquals(Vote.YES, store.prepare(id(2)));
        store.abort(id(2));
        assertEquals(Optional.empty(), store.get("alice"));
        assertEquals(List.of(), List.copyOf(store.inDoubt()));
        putting(store, 3, "alice", "30");
    }

    @Test
    void a_transaction_reads_its_own_writes() {
        FakeTransaction transaction = putting(store, 1, "alice", "10");
        assertEquals(Optional.of("10"), store.get(transaction, "alice"));
        store.put(transaction, "alice", "11");
        assertEquals(Optional.of("11"), store.get(transaction, "alice"));
        store.remove(transaction, "alice");
        assertEquals(Optional.empty(), store.get(transaction, "alice"));
    }

    @Test
    void what_is_committed_can_be_overwritten_and_removed() throws Exception {
        putting(store, 1, "alice", "10");
        assertEquals(Ending.COMMITTED, store.commitOnePhase(id(1)));
        FakeTransaction second = new FakeTransaction(2);
        assertEquals(Optional.of("10"), store.get(second, "alice"));
        store.put(second, "alice", "");
        assertEquals(Ending.COMMITTED, store.commitOnePhase(id(2)));
        assertEquals(Optional.of(""), store.get("alice"));

        store.remove(new FakeTransaction(3), "alice");
        assertEquals(Ending.COMMITTED, store.commitOnePhase(id(3)));
        assertEquals(Optional.empty(), store.get("alice"));
    }

    @Test
    void a_transaction_that_only_read_votes_read_only_and_frees_its_keys() throws Exception {
        assertEquals(Optional.empty(), store.get(new FakeTransaction(1), "alice"));
        assertEquals(Vote.READ_ONLY, store.prepare(id(1)));
        assertEquals(List.of(), List.copyOf(store.inDoubt()));
        putting(store, 2, "alice", "10");

        assertEquals(Optional.empty(), store.get(new FakeTransaction(3), "bob"));
        assertEquals(Ending.COMMITTED, store.commitOnePhase(id(3)));
        putting(store, 4, "bob", "10");
    }

    @Test
    void a_key_that_is_read_or_written_is_refused_to_others_until_its_transaction_ends() throws Exception {
        putting(store, 1, "alice", "10");
        store.get(new FakeTransaction(2), "bob");

        LockedException refused = assertThrows(LockedException.class, () -> putting(store, 3, "alice", "20"));
        assertEquals("alice", refused.key());
        assertEquals(id(1), refused.holder());
        assertEquals(
                "key \"alice\" of \"accounts\" is locked by transaction 3f9c02ab17de-7-1: abort O3"
                        + " (3f9c02ab17de-7-3) and try it again",
                refused.getMessage());
        assertThrows(LockedException.class, () -> store.get(new FakeTransaction(3), "bob"));
        assertThrows(LockedException.class, () -> store.remove(new FakeTransaction(3), "bob"));

        assertEquals(Vote.YES, store.prepare(id(1)));
        assertThrows(LockedException.class, () -> putting(store, 3, "alice", "20"));
        store.commit(id(1));
        store.put(new FakeTransaction(3), "alice", "20");
        store.abort(id(2));
        store.put(new FakeTransaction(3), "bob", "20");
    }

    @Test
    void whoever_was_refused_a_key_can_still_commit_the_rest() throws Exception {
        putting(store, 1, "alice", "10");
        FakeTransaction second = putting(store, 2, "bob", "20");
        assertThrows(LockedException.class, () -> store.put(second, "alice", "20"));
        assertEquals(Ending.COMMITTED, store.commitOnePhase(id(2)));
        assertEquals(Optional.of("20"), store.get("bob"));
        assertEquals(Ending.COMMITTED, store.commitOnePhase(id(1)));
        assertEquals(Optional.of("10"), store.get("alice"));
    }

    @Test
    void a_prepared_or_ended_transaction_takes_no_more_work() throws Exception {
        FakeTransaction transaction = putting(store, 1, "alice", "10");
        assertEquals(Vote.YES, store.prepare(id(1)));
        IllegalStateException late =
                assertThrows(IllegalStateException.class, () -> store.put(transaction, "bob", "20"));
        assertTrue(String.valueOf(late.getMessage()).contains("O1 (3f9c02ab17de-7-1) is PREPARED at \"accounts\""));
        store.commit(id(1));

        transaction.end();
        assertThrows(IllegalStateException.class, () -> store.put(transaction, "bob", "20"));
        putting(store, 2, "bob", "30");
    }

    @Test
    void a_transaction_that_refuses_the_store_leaves_no_lock() throws Exception {
        FakeTransaction ended = new FakeTransaction(1);
        ended.end();
        assertThrows(IllegalStateException.class, () -> store.put(ended, "alice", "10"));
        assertEquals(Vote.NO, store.prepare(id(1)));
        putting(store, 2, "alice", "20");
    }

    @Test
    void an_abort_right_after_the_enlistment_finds_the_branch() throws Exception {
        FakeTransaction transaction = new FakeTransaction(1);
        transaction.whenEnlisted(() -> {
            transaction.end();
            assertDoesNotThrow(() -> store.abort(id(1)));
        });
        assertThrows(IllegalStateException.class, () -> store.put(transaction, "alice", "10"));
        putting(store, 2, "alice", "20");
    }

    @Test
    void sizes_and_texts_are_checked() {
        FakeTransaction transaction = new FakeTransaction(1);
        assertSays("the key is blank", () -> store.put(transaction, " ", "10"));
        assertSays("65535", () -> store.get("k".repeat(65_536)));
        assertSays("surrogate", () -> store.put(transaction, "alice", HALF_A_PAIR));
        String longest = "v".repeat(KeyValueStore.MAX_VALUE_BYTES);
        assertSays("has 1048577 bytes of UTF-8: use at most 1048576", () -> store.put(transaction, "a", longest + "v"));
        assertFalse(transaction.isEnlisted());
        assertSays("participant's name is blank", () -> KeyValueStore.open(directory.resolve("b"), ""));

        for (int i = 0; i < 14; i++) {
            store.put(transaction, "alice" + i, longest);
            store.put(transaction, "alice" + i, longest);
        }
        assertSays("the most is 15728640; split", () -> store.put(transaction, "bob", longest));
        assertEquals(Optional.empty(), store.get(transaction, "bob"));
    }

    private static void assertSays(String words, Executable call) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, call);
        assertTrue(String.valueOf(refused.getMessage()).contains(words), refused::getMessage);
    }

    @Test
    void the_most_that_a_transaction_may_write_can_be_committed() throws Exception {
        FakeTransaction transaction = new FakeTransaction(1);
        String longest = "v".repeat(KeyValueStore.MAX_VALUE_BYTES);
        for (int i = 0; i < 14; i++) {
            store.put(transaction, "alice" + i, longest);
        }
        store.put(transaction, "rest", "v".repeat((1 << 20) - 14 * 15 - 13 - 6));
        assertEquals(Vote.YES, store.prepare(id(1)));
        store.commit(id(1));
        store.close();
        store = KeyValueStore.open(directory, "accounts");
        assertEquals(Optional.of(longest), store.get("alice13"));
    }

    @Test
    void a_closed_store_says_so_and_an_open_one_is_its_process_own() throws Exception {
        assertThrows(LogInUseException.class, () -> KeyValueStore.open(directory, "accounts"));
        putting(store, 1, "alice", "10");
        assertEquals(Ending.COMMITTED, store.commitOnePhase(id(1)));
        FakeTransaction second = putting(store, 2, "bob", "20");
        store.close();
        store.close();
        LogClosedException closed = assertThrows(LogClosedException.class, () -> store.get("alice"));
        assertEquals("participant \"accounts\" is closed: open it again to use it", closed.getMessage());
        assertThrows(LogClosedException.class, () -> store.put(second, "bob", "30"));
        assertThrows(LogClosedException.class, () -> store.prepare(id(2)));
        assertThrows(LogClosedException.class, () -> store.commit(id(1)));
        assertThrows(LogClosedException.class, () -> store.abort(id(2)));
        assertThrows(LogClosedException.class, () -> store.commitOnePhase(id(2)));
        assertThrows(LogClosedException.class, store::inDoubt);
        assertThrows(LogClosedException.class, () -> store.forget(id(1)));
    }
}
