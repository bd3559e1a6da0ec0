package dev.avow.engine.run;

import dev.avow.engine.DecisionLog;
import dev.avow.engine.Finding;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.TransactionId;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

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
        if (log.heuristics().stream().anyMatch(record -> record.id().equals(id))) {
            return Finding.HEURISTIC;
        }
        // Not the log: the end of a transaction that all have acknowledged may still ride there.
        return engine.tellings().contains(id) ? Finding.COMMITTING : remembered(log.remembered(id));
    }

    /** How the one of this name ended that was begun last. */
    Finding outcomeOf(String name) {
        Optional<TransactionId> undecided = engine.undecided().newest(name);
        Optional<TransactionId> decided = log.remembered(name).map(RememberedOutcome::id);
        // The log may have forgotten a decision long before a person has settled what contradicts it.
        Stream<TransactionId> contradicted = log.heuristics().stream()
                .filter(record -> record.name().equals(name))
                .map(HeuristicRecord::id);
        return Stream.concat(Stream.concat(undecided.stream(), decided.stream()), contradicted)
                .max(Comparator.naturalOrder())
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
