package dev.avow.engine;

import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/**
 * A participant whose answers come later, such as one in another process. No thread of the coordinator's waits for them, so
 * that any number of calls may be under way. Whatever {@link Participant} promises and demands holds for both forms.
 *
 * <p>Each method here begins what its namesake there does, in the thread of whoever commits or aborts: it has to return at
 * once. The stage that it returns completes with the answer or fails with what the namesake would throw, a
 * {@link HeuristicException} included; so does a method that throws. A stage has to complete, be it with a failure after some
 * time: until then, nothing more is asked of this part of its transaction. Whichever thread completes it goes on at once: what
 * follows from an answer is done in the coordinator's own threads.
 *
 * <p>With {@link Calling#ONE_BY_ONE}, and where {@link #mayBlock} is false, the blocking form is called.
 */
public interface AsyncParticipant extends Participant {
    /** {@link Participant#prepare}. */
    CompletionStage<Vote> prepareAsync(TransactionId id);

    /** {@link Participant#commit}. */
    CompletionStage<Void> commitAsync(TransactionId id);

    /** {@link Participant#abort}. */
    CompletionStage<Void> abortAsync(TransactionId id);

    /** {@link Participant#commitOnePhase}. */
    default CompletionStage<Ending> commitOnePhaseAsync(TransactionId id) {
        return prepareAsync(id).thenCompose(vote -> switch (vote) {
            case YES -> commitAsync(id).thenApply(committed -> Ending.COMMITTED);
            case READ_ONLY -> CompletableFuture.completedFuture(Ending.COMMITTED);
            case NO -> CompletableFuture.completedFuture(Ending.ABORTED);
        });
    }

    /** {@link Participant#forget}. */
    default CompletionStage<Void> forgetAsync(TransactionId id) {
        return CompletableFuture.completedFuture(id).thenAccept(forgotten -> {});
    }

    @Override
    default Vote prepare(TransactionId id) throws Exception {
        return answerOf(prepareAsync(id));
    }

    @Override
    default void commit(TransactionId id) throws Exception {
        answerOf(commitAsync(id));
    }

    @Override
    default void abort(TransactionId id) throws Exception {
        answerOf(abortAsync(id));
    }

    @Override
    default Ending commitOnePhase(TransactionId id) throws Exception {
        return answerOf(commitOnePhaseAsync(id));
    }

    @Override
    default void forget(TransactionId id) throws Exception {
        answerOf(forgetAsync(id));
    }

    private static <T> T answerOf(CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Exception thrown) {
                throw thrown;
            }
            if (failure.getCause() instanceof Error thrown) {
                throw thrown;
            }
            throw failure;
        }
    }
}
