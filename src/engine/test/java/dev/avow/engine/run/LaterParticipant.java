package dev.avow.engine.run;

import dev.avow.engine.AsyncParticipant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A scripted participant whose answers come when the test lets them, in the thread in which it does; or at once. */
final class LaterParticipant implements AsyncParticipant {
    /** One call, as it was begun. */
    record Begun(String what, TransactionId id, Thread thread) {}

    final ScriptedParticipant scripted;

    private final World world;
    private final Queue<Begun> begun = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean silent;

    LaterParticipant(String name, World world) {
        this.scripted = world.participant(name);
        this.world = world;
    }

    /** From now on answers come by {@link #answer} only. */
    LaterParticipant silent() {
        silent = true;
        return this;
    }

    /** From now on answers come at once, in the calling thread. */
    void talkative() {
        silent = false;
    }

    int waiting() {
        return waiting.size();
    }

    /** Answers the oldest call that waits; returns whether there was one. */
    boolean answer() {
        Optional<Runnable> oldest = Optional.ofNullable(waiting.poll());
        oldest.ifPresent(Runnable::run);
        return oldest.isPresent();
    }

    List<String> begun(TransactionId id) {
        return begun.stream()
                .filter(call -> call.id().equals(id))
                .map(Begun::what)
                .toList();
    }

    List<Begun> begun() {
        return List.copyOf(begun);
    }

    private <T> CompletableFuture<T> later(String what, TransactionId id, Callable<T> answer) {
        begun.add(new Begun(what, id, Thread.currentThread()));
        CompletableFuture<T> stage = new CompletableFuture<>();
        Runnable answering = () -> {
            try {
                stage.complete(answer.call());
            } catch (Throwable thrown) {
                stage.completeExceptionally(thrown);
            }
        };
        if (silent) {
            waiting.add(answering);
        } else {
            answering.run();
        }
        world.changed();
        return stage;
    }

    private CompletionStage<Void> done(String what, TransactionId id, ScriptedParticipant.Script<?> order) {
        return later(what, id, () -> Optional.ofNullable(order.answer(id))).thenAccept(done -> {});
    }

    @Override
    public String name() {
        return scripted.name();
    }

    @Override
    public CompletionStage<Vote> prepareAsync(TransactionId id) {
        return later("prepare", id, () -> scripted.prepare(id));
    }

    @Override
    public CompletionStage<Void> commitAsync(TransactionId id) {
        return done("commit", id, each -> {
            scripted.commit(each);
            return true;
        });
    }

    @Override
    public CompletionStage<Void> abortAsync(TransactionId id) {
        return done("abort", id, each -> {
            scripted.abort(each);
            return true;
        });
    }

    @Override
    public CompletionStage<Void> forgetAsync(TransactionId id) {
        return done("forget", id, each -> {
            scripted.forget(each);
            return true;
        });
    }

    @Override
    public CompletionStage<Ending> commitOnePhaseAsync(TransactionId id) {
        return later("onePhase", id, () -> scripted.commitOnePhase(id));
    }

    @Override
    public Collection<TransactionId> inDoubt() throws Exception {
        return scripted.inDoubt();
    }
}
