package dev.avow.engine.participant;

import static dev.avow.engine.participant.FakeTransaction.id;
import static dev.avow.engine.participant.FakeTransaction.putting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.BranchEnding;
import dev.avow.engine.HeuristicException;
import dev.avow.engine.KeyValueStore;
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

/** An operator decides alone, and the decision that comes later agrees or not. (HeuristicReported) */
final class ParticipantHeuristicTest {

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

    private void reopen() {
        close();
        open();
    }

    private void decidedAlone(Ending decision) throws Exception {
        putting(store, 1, "alice", "10");
        assertEquals(Vote.YES, store.prepare(id(1)));
        store.decideAlone(id(1), decision);
    }

    private void assertContradicted(BranchEnding ending, Executable call) {
        HeuristicException contradicted = assertThrows(HeuristicException.class, call);
        assertEquals(ending, contradicted.ending());
        assertTrue(String.valueOf(contradicted.getMessage()).contains(id(1) + " at \"accounts\""));
    }

    @Test
    void a_commit_alone_is_done_at_once_frees_the_keys_and_waits_for_the_decision() throws Exception {
        decidedAlone(Ending.COMMITTED);
        assertEquals(Optional.of("10"), store.get("alice"));
        assertEquals(List.of(id(1)), List.copyOf(store.inDoubt()));
        putting(store, 2, "alice", "20");
        store.commit(id(1));
        assertEquals(List.of(), List.copyOf(store.inDoubt()));
        reopen();
        assertEquals(Optional.of("10"), store.get("alice"));
        assertEquals(List.of(), List.copyOf(store.inDoubt()));
    }

    @Test
    void an_abort_alone_is_done_at_once_frees_the_keys_and_waits_for_the_decision() throws Exception {
        decidedAlone(Ending.ABORTED);
        assertEquals(Optional.empty(), store.get("alice"));
        assertEquals(List.of(id(1)), List.copyOf(store.inDoubt()));
        putting(store, 2, "alice", "20");
        store.abort(id(1));
        assertEquals(List.of(), List.copyOf(store.inDoubt()));
        reopen();
        assertEquals(List.of(), List.copyOf(store.inDoubt()));
    }

    @Test
    void an_abort_alone_contradicts_a_commit_until_it_is_forgotten() throws Exception {
        decidedAlone(Ending.ABORTED);
        assertContradicted(BranchEnding.HEURISTIC_ABORTED, () -> store.commit(id(1)));
        assertContradicted(BranchEnding.HEURISTIC_ABORTED, () -> store.commit(id(1)));
        reopen();
        assertContradicted(BranchEnding.HEURISTIC_ABORTED, () -> store.commit(id(1)));
        assertContradicted(BranchEnding.HEURISTIC_ABORTED, () -> store.prepare(id(1)));
        assertEquals(List.of(id(1)), List.copyOf(store.inDoubt()));
        store.forget(id(1));
        store.forget(id(1));
        store.commit(id(1));
        reopen();
        store.commit(id(1));
        assertEquals(List.of(), List.copyOf(store.inDoubt()));
        assertEquals(Optional.empty(), store.get("alice"));
    }

    @Test
    void a_commit_alone_contradicts_an_abort_until_it_is_forgotten() throws Exception {
        decidedAlone(Ending.COMMITTED);
        assertContradicted(BranchEnding.HEURISTIC_COMMITTED, () -> store.abort(id(1)));
        reopen();
        assertContradicted(BranchEnding.HEURISTIC_COMMITTED, () -> store.abort(id(1)));
        assertContradicted(BranchEnding.HEURISTIC_COMMITTED, () -> store.prepare(id(1)));
        store.forget(id(1));
        store.abort(id(1));
        reopen();
        store.abort(id(1));
        assertEquals(List.of(), List.copyOf(store.inDoubt()));
        assertEquals(Optional.of("10"), store.get("alice"));
    }

    @Test
    void only_a_branch_in_doubt_can_be_decided_alone_and_only_once() throws Exception {
        assertThrows(IllegalStateException.class, () -> store.decideAlone(id(1), Ending.COMMITTED));
        putting(store, 1, "alice", "10");
        IllegalStateException working =
                assertThrows(IllegalStateException.class, () -> store.decideAlone(id(1), Ending.ABORTED));
        assertTrue(String.valueOf(working.getMessage()).contains("isn't in doubt at \"accounts\""));
        assertEquals(Vote.YES, store.prepare(id(1)));
        assertThrows(IllegalArgumentException.class, () -> store.decideAlone(id(1), Ending.UNKNOWN));
        store.decideAlone(id(1), Ending.ABORTED);
        assertThrows(IllegalStateException.class, () -> store.decideAlone(id(1), Ending.COMMITTED));
        assertEquals(Optional.empty(), store.get("alice"));
    }

    @Test
    void forgetting_what_was_not_decided_alone_changes_nothing() throws Exception {
        putting(store, 1, "alice", "10");
        store.forget(id(1));
        assertEquals(Vote.YES, store.prepare(id(1)));
        store.forget(id(1));
        store.commit(id(1));
        assertEquals(Optional.of("10"), store.get("alice"));
    }
}
