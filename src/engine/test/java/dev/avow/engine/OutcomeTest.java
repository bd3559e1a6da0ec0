package dev.avow.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a caller that requires a commit hears. */
final class OutcomeTest {

    private static final TransactionId ID = TransactionId.of(0x3f9c02ab17deL, 7, 42);
    private static final BranchOutcome ORDERS =
            new BranchOutcome("orders", Optional.of(Vote.YES), BranchEnding.ABORTED, Optional.empty());

    @Test
    void a_commit_is_given_back_also_while_someone_is_being_told() {
        BranchOutcome told = new BranchOutcome(
                "payments", Optional.of(Vote.YES), BranchEnding.BEING_TOLD, Optional.of(new Exception("not now")));
        Outcome.Committed committed = new Outcome.Committed(ID, "O001", List.of(told));
        assertSame(committed, committed.requireCommitted());
        assertEquals(List.of("payments"), committed.beingTold());
    }

    @Test
    void an_abort_is_thrown_with_all_that_is_known() {
        IllegalStateException cause = new IllegalStateException("the shelf is full");
        BranchOutcome refused =
                new BranchOutcome("payments", Optional.of(Vote.NO), BranchEnding.ABORTED, Optional.of(cause));
        Outcome aborted = new Outcome.Aborted(
                ID, "O001", List.of(ORDERS, refused), AbortCause.REFUSED, "\"payments\" refused", Optional.of(cause));
        NotCommittedException thrown = assertThrows(NotCommittedException.class, aborted::requireCommitted);
        assertSame(aborted, thrown.outcome());
        assertEquals(
                "O001 (3f9c02ab17de-7-42) wasn't committed: Aborted, orders: voted YES, ABORTED; payments: voted NO,"
                        + " ABORTED (java.lang.IllegalStateException: the shelf is full)",
                thrown.getMessage());
        assertArrayEquals(new Throwable[] {cause}, thrown.getSuppressed());
    }

    @Test
    void neither_doubt_nor_contradiction_is_a_commit() {
        Outcome inDoubt = new Outcome.InDoubt(ID, "O001", List.of(ORDERS), "the log failed", Optional.empty());
        Outcome heuristic = new Outcome.Heuristic(ID, "O001", List.of(ORDERS), Ending.COMMITTED);
        for (Outcome outcome : List.of(inDoubt, heuristic)) {
            NotCommittedException thrown = assertThrows(NotCommittedException.class, outcome::requireCommitted);
            assertSame(outcome, thrown.outcome());
            assertEquals(
                    "O001 (3f9c02ab17de-7-42) wasn't committed: "
                            + outcome.getClass().getSimpleName() + ", orders: voted YES, ABORTED",
                    thrown.getMessage());
        }
    }
}
