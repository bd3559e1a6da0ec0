package dev.avow.jta;

import dev.avow.engine.Observer;
import dev.avow.engine.Outcome;
import dev.avow.engine.TransactionId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Tells transactions what the coordinator does with them: that it decides, and that a timeout has ended them. */
final class Statuses implements Observer {
    private final Map<TransactionId, JtaTransaction> running = new ConcurrentHashMap<>();

    void began(JtaTransaction transaction) {
        running.put(transaction.id(), transaction);
    }

    void ended(JtaTransaction transaction) {
        running.remove(transaction.id());
    }

    /** Those that nobody has ended, though a timeout may have. */
    Collection<JtaTransaction> running() {
        return running.values();
    }

    @Override
    public void observe(Step step) {
        switch (step.action()) {
            case "CoordinatorDecideCommit", "CoordinatorSendOnePhase" -> tell(step.id(), JtaTransaction::committing);
            case "CoordinatorDecideAbort" -> tell(step.id(), JtaTransaction::rollingBack);
            default -> {} // changes no status
        }
    }

    @Override
    public void ended(Outcome outcome) {
        tell(outcome.id(), transaction -> transaction.endedBy(outcome));
    }

    private void tell(TransactionId id, Consumer<JtaTransaction> what) {
        Optional.ofNullable(running.get(id)).ifPresent(what);
    }
}
