package dev.avow.trace;

import dev.avow.engine.AsyncParticipant;
import dev.avow.engine.LogOptions;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One whose answers come in threads of its own, while none of the coordinator's waits. */
final class LaterParticipant extends TracedParticipant implements AsyncParticipant {
    private static final int THREADS = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    LaterParticipant(Path directory, LogOptions options, String name, TraceFile trace) {
        super(directory, options, name, trace);
    }

    private <T> CompletionStage<T> later(Callable<T> call) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                stage.complete(call.call());
            } catch (Exception | Error failure) {
                stage.completeExceptionally(failure);
            }
        });
        return stage;
    }

    @Override
    public CompletionStage<Vote> prepareAsync(TransactionId id) {
        return later(() -> prepare(id));
    }

    @Override
    public CompletionStage<Void> commitAsync(TransactionId id) {
        return later(() -> {
                    commit(id);
                    return id;
                })
                .thenAccept(committed -> {});
    }

    @Override
    public CompletionStage<Void> abortAsync(TransactionId id) {
        return later(() -> {
                    abort(id);
                    return id;
                })
                .thenAccept(aborted -> {});
    }

    @Override
    public CompletionStage<Ending> commitOnePhaseAsync(TransactionId id) {
        return later(() -> commitOnePhase(id));
    }

    @Override
    public void close() {
        threads.shutdown();
        super.close();
    }
}
