package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.AsyncParticipant;
import dev.avow.engine.BranchEnding;
import dev.avow.engine.Calling;
import dev.avow.engine.HeuristicException;
import dev.avow.engine.Observer;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes of a call whose answer comes later. */
final class AsyncCallTest {
    private static final TransactionId ID = TransactionId.of(1, 1, 1);

    private final Workers workers = new Workers(Calling.SIDE_BY_SIDE);
    private final Replies<Vote> votes = new Replies<>();

    @AfterEach
    void stop() {
        workers.stop();
    }

    /** Has this stage for each vote, and this one for what is done. */
    private record Staged(Supplier<CompletionStage<Vote>> vote, CompletionStage<Void> done)
            implements AsyncParticipant {
        @Override
        public String name() {
            return "staged";
        }

        @Override
        public CompletionStage<Vote> prepareAsync(TransactionId id) {
            return vote.get();
        }

        @Override
        public CompletionStage<Void> commitAsync(TransactionId id) {
            return done;
        }

        @Override
        public CompletionStage<Void> abortAsync(TransactionId id) {
            return done;
        }

        @Override
        public Collection<TransactionId> inDoubt() {
            return List.of();
        }
    }

    private static Staged voting(Supplier<CompletionStage<Vote>> vote) {
        return new Staged(vote, CompletableFuture.runAsync(() -> {}, Runnable::run));
    }

    private static Staged failing(Throwable failure) {
        return new Staged(() -> CompletableFuture.failedFuture(failure), CompletableFuture.failedFuture(failure));
    }

    private void ask(Staged staged) {
        Call<Vote> call = new Call<>(new Branch(0, staged), ID, "O001", Ask.PREPARE, new Observed(Observer.none()));
        assertEquals(Optional.empty(), workers.call(call, Workers.Purpose.VOTE, votes::add));
    }

    private Reply<Vote> reply() {
        return votes.await(World.LONG).orElseThrow();
    }

    private Exception failureOf(Staged staged) {
        ask(staged);
        return reply().failure().orElseThrow();
    }

    @Test
    void a_failure_is_heard_as_its_participant_meant_it() {
        HeuristicException alone = new HeuristicException(BranchEnding.HEURISTIC_ABORTED, "by hand");
        assertSame(alone, failureOf(failing(alone)));
        assertSame(alone, failureOf(failing(new CompletionException(new CompletionException(alone)))));
        IllegalStateException thrown = new IllegalStateException("not now");
        assertSame(thrown, failureOf(voting(() -> {
            throw thrown;
        })));
        Error defect = new Error("a defect");
        assertSame(defect, failureOf(failing(defect)).getCause());
        assertSame(
                defect,
                failureOf(voting(() -> {
                            throw defect;
                        }))
                        .getCause());
    }

    @Test
    void an_interrupt_of_whoever_worked_for_it_is_no_interrupt_of_the_coordinators_thread() {
        InterruptedException elsewhere = new InterruptedException();
        assertSame(elsewhere, failureOf(failing(elsewhere)));
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Call<Vote> call =
                new Call<>(new Branch(0, failing(elsewhere)), ID, "O001", Ask.PREPARE, new Observed(Observer.none()));
        assertEquals(
                Optional.empty(),
                workers.call(
                        call,
                        Workers.Purpose.VOTE,
                        reply -> interrupted.complete(Thread.currentThread().isInterrupted())));
        assertFalse(interrupted.join());
    }

    @Test
    @SuppressWarnings("NullAway") // What a participant without such a check may do.
    void nothing_where_an_answer_was_due_is_a_failure() {
        assertTrue(failureOf(voting(() -> null)).getMessage().startsWith("\"staged\" gave null"));
        assertInstanceOf(RuntimeException.class, failureOf(voting(() -> CompletableFuture.completedFuture(null))));
    }

    @Test
    void an_answer_that_comes_after_the_stop_still_reaches_who_waits_for_it() {
        CompletableFuture<Vote> vote = new CompletableFuture<>();
        ask(voting(() -> vote));
        workers.stop();
        vote.complete(Vote.YES);
        assertEquals(Optional.of(Vote.YES), reply().answer());
    }

    @Test
    void the_blocking_form_waits_for_the_other() throws Exception {
        Staged well = voting(() -> CompletableFuture.completedFuture(Vote.YES));
        assertEquals(Vote.YES, well.prepare(ID));
        well.commit(ID);
        well.abort(ID);
        well.forget(ID);
        assertEquals(Ending.COMMITTED, well.commitOnePhase(ID));
        assertEquals(
                Ending.COMMITTED,
                voting(() -> CompletableFuture.completedFuture(Vote.READ_ONLY)).commitOnePhase(ID));
        assertEquals(
                Ending.ABORTED,
                voting(() -> CompletableFuture.completedFuture(Vote.NO)).commitOnePhase(ID));
        HeuristicException alone = new HeuristicException(BranchEnding.HEURISTIC_ABORTED, "by hand");
        assertSame(
                alone,
                assertThrows(HeuristicException.class, () -> failing(alone).prepare(ID)));
        assertSame(
                alone,
                assertThrows(HeuristicException.class, () -> failing(alone).commit(ID)));
        assertSame(
                alone,
                assertThrows(HeuristicException.class, () -> failing(alone).abort(ID)));
        assertSame(
                alone,
                assertThrows(HeuristicException.class, () -> failing(alone).commitOnePhase(ID)));
        Error defect = new Error("a defect");
        assertSame(defect, assertThrows(Error.class, () -> failing(defect).commit(ID)));
    }
}
