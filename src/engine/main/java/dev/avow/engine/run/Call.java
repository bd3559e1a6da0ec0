package dev.avow.engine.run;

import dev.avow.engine.AsyncParticipant;
import dev.avow.engine.Observer;
import dev.avow.engine.TransactionId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** One call of a participant that is yet to be made. */
record Call<T>(Branch branch, TransactionId id, String name, Ask<T> ask, Observed observed) {

    /** Makes it, and waits for what comes of it. */
    Reply<T> made() {
        return Reply.of(branch, () -> {
            Optional<T> late = ask.ifLate().filter(unused -> branch.isOvertaken());
            return late.isPresent()
                    ? late.get()
                    : observed.call(
                            id,
                            name,
                            branch.name(),
                            ask.message(),
                            () -> ask.now().ask(branch.participant(), id));
        });
    }

    /**
     * Makes it, and waits for nothing.
     *
     * @param threads takes the reply over from whatever thread it comes in, which may serve others
     * @param answers hears the reply, there
     */
    void begin(AsyncParticipant participant, Executor threads, Consumer<Reply<T>> answers) {
        Observer.Call seen = observed.calling(id, name, branch.name(), ask.message());
        CompletionStage<T> stage = begun(participant);
        // First: the answer may be there already, and ends what the observer has bound to this thread in another.
        observed.left(seen, id, name, ask.message());
        var unused = stage.whenComplete((answer, failure) -> threads.execute(() -> {
            Reply<T> reply = Reply.of(branch, Optional.ofNullable(answer), Optional.ofNullable(failure));
            observed.returned(seen, id, name, ask.message(), reply.failure());
            answers.accept(reply);
        }));
    }

    private CompletionStage<T> begun(AsyncParticipant participant) {
        try {
            Optional<CompletionStage<T>> stage = Optional.ofNullable(ask.later().ask(participant, id));
            return stage.orElseThrow(() -> new IllegalStateException(
                    "\"" + branch.name() + "\" gave null for the stage of its answer to " + ask.message()));
        } catch (RuntimeException | Error failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }
}
