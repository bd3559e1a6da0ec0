package dev.avow.threads.world;

import dev.avow.engine.AsyncParticipant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** One whose answers come later, in a thread of its own. */
public final class LaterTill extends Till implements AsyncParticipant {
    private final Executor thread = Executors.newSingleThreadExecutor(task -> {
        Thread daemon = new Thread(task, "till");
        daemon.setDaemon(true);
        return daemon;
    });

    public LaterTill(String name) {
        super(name, true);
    }

    @Override
    public CompletionStage<Vote> prepareAsync(TransactionId id) {
        return CompletableFuture.supplyAsync(() -> prepare(id), thread);
    }

    @Override
    public CompletionStage<Void> commitAsync(TransactionId id) {
        return CompletableFuture.runAsync(() -> commit(id), thread);
    }

    @Override
    public CompletionStage<Void> abortAsync(TransactionId id) {
        return CompletableFuture.runAsync(() -> abort(id), thread);
    }
}
