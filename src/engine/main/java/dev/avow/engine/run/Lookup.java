package dev.avow.engine.run;

import dev.avow.engine.DecisionLog;
import dev.avow.engine.Finding;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.TransactionId;
import java.util.Optional;

/** How a transaction ended, for a caller that lost the reply. */
final class Lookup {
    private final Engine engine;
    private final DecisionLog log;

    Lookup(Engine engine, DecisionLog log) {
        this.engine = engine;
        this.log = log;
    }

    /** How this transaction ended. */
    Finding outcomeOf(TransactionId id) {
        if (engine.undecided().contains(id)) {
            return Finding.RUNNING;
        }
        // Not the log: the end of a transaction that all have acknowledged may still ride there.
        return engine.tellings().contains(id) ? Finding.COMMITTING : remembered(log.remembered(id));
    }

    /** How the one of this name ended that was begun last. */
    Finding outcomeOf(String name) {
        Optional<TransactionId> undecided = engine.undecided().newest(name);
        Optional<RememberedOutcome> decided = log.remembered(name)
                .filter(known -> undecided.isEmpty() || known.id().compareTo(undecided.get()) > 0);
        return decided.map(RememberedOutcome::id)
                .or(() -> undecided)
                .map(this::outcomeOf)
                .orElse(Finding.NO_RECORD);
    }

    private static Finding remembered(Optional<RememberedOutcome> outcome) {
        return outcome.map(known -> switch (known.ending()) {
                    case COMMITTED -> Finding.COMMITTED;
                    case ABORTED -> Finding.ABORTED;
                })
                .orElse(Finding.NO_RECORD);
    }
}
