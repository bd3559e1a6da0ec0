package dev.avow.engine.run;

import dev.avow.engine.AsyncParticipant;
import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What a participant is asked, in both forms.
 *
 * @param message as the specification calls it
 * @param ifLate stands for the answer if its time is over before it was asked; empty for what is asked all the same
 */
record Ask<T>(String message, Optional<T> ifLate, Now<T> now, Later<T> later) {
    static final Ask<Vote> PREPARE =
            new Ask<>("prepare", Optional.of(Vote.NO), Participant::prepare, AsyncParticipant::prepareAsync);
    static final Ask<Ending> ONE_PHASE =
            new Ask<>("onePhase", Optional.empty(), Participant::commitOnePhase, AsyncParticipant::commitOnePhaseAsync);
    static final Ask<Boolean> COMMIT = order("commit", Participant::commit, AsyncParticipant::commitAsync);
    static final Ask<Boolean> ABORT = order("abort", Participant::abort, AsyncParticipant::abortAsync);
    static final Ask<Boolean> FORGET = order("forget", Participant::forget, AsyncParticipant::forgetAsync);

    /** Waits for the answer. */
    @FunctionalInterface
    interface Now<T> {
        T ask(Participant participant, TransactionId id) throws Exception;
    }

    /** Waits for nothing. */
    @FunctionalInterface
    interface Later<T> {
        CompletionStage<T> ask(AsyncParticipant participant, TransactionId id);
    }

    @FunctionalInterface
    private interface Order {
        void give(Participant participant, TransactionId id) throws Exception;
    }

    /** What is answered by having been done. */
    private static Ask<Boolean> order(String message, Order now, Later<Void> later) {
        return new Ask<>(
                message,
                Optional.empty(),
                (participant, id) -> {
                    now.give(participant, id);
                    return true;
                },
                (participant, id) -> later.ask(participant, id).thenApply(done -> true));
    }
}
