package dev.avow.jta;

import dev.avow.engine.Observer;
import dev.avow.engine.Outcome;
import dev.avow.engine.TransactionId;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Tells transactions what the coordinator does with them: that it decides, and that a timeout has ended them. */
final class Statuses implements Observer {
    /** One that everybody has let go of, its thread dead, is not kept for its status. */
    private static final class Kept extends WeakReference<JtaTransaction> {
        private final TransactionId id;

        Kept(JtaTransaction transaction, ReferenceQueue<JtaTransaction> gone) {
            super(transaction, gone);
            this.id = transaction.id();
        }
    }

    private final Map<TransactionId, Kept> running = new ConcurrentHashMap<>();
    private final ReferenceQueue<JtaTransaction> gone = new ReferenceQueue<>();

    void began(JtaTransaction transaction) {
        while (gone.poll() instanceof Kept abandoned) {
            running.remove(abandoned.id, abandoned);
        }
        running.put(transaction.id(), new Kept(transaction, gone));
    }

    void ended(JtaTransaction transaction) {
        running.remove(transaction.id());
    }

    /** Those that nobody has ended, though a timeout may have. */
    Collection<JtaTransaction> running() {
        return running.values().stream()
                .flatMap(kept -> Optional.ofNullable(kept.get()).stream())
                .toList();
    }

    @Override
    public void observe(Step step) {
        switch (step.action()) {
            case "CoordinatorDecideCommit", "CoordinatorSendOnePhase" -> tell(step.id(), Stage::committing);
            case "CoordinatorDecideAbort" -> tell(step.id(), Stage::rollingBack);
            default -> {} // changes no status
        }
    }

    @Override
    public void ended(Outcome outcome) {
        tell(outcome.id(), stage -> stage.ended(outcome));
    }

    private void tell(TransactionId id, Consumer<Stage> what) {
        Optional.ofNullable(running.get(id))
                .flatMap(kept -> Optional.ofNullable(kept.get()))
                .map(JtaTransaction::stage)
                .ifPresent(what);
    }
}
