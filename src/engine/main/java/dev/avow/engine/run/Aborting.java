package dev.avow.engine.run;

import dev.avow.engine.Outcome;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;

/** An abort on its way: sent, and perhaps not yet followed by all. Guarded by whatever guards its transaction. */
final class Aborting {
    private final TransactionId id;
    private final String name;
    private final Objection objection;
    private final Telling telling;
    private final Engine engine;
    private final long deadlineNanos;

    Aborting(TransactionId id, String name, Objection objection, Telling telling, Engine engine) {
        this.id = id;
        this.name = name;
        this.objection = objection;
        this.telling = telling;
        this.engine = engine;
        this.deadlineNanos = engine.deadlineNanos(engine.options().tellTimeout());
        telling.decideAbort();
    }

    /** Whether a branch that hasn't answered still has time. */
    boolean isUnderWay() {
        return !telling.isAnswered() && !engine.left(deadlineNanos).isZero();
    }

    /** Waits for the answers as long as there is time. */
    Outcome await() {
        Told told = telling.awaitAnswers(engine.left(deadlineNanos));
        engine.noteAborted(id, name);
        return told.isContradicted()
                ? new Outcome.Heuristic(id, name, told.branches(), Ending.ABORTED)
                : new Outcome.Aborted(
                        id, name, told.branches(), objection.cause(), objection.reason(), objection.failure());
    }
}
