package dev.avow.engine.run;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.util.Collection;
import java.util.List;

/** Stands in for a participant that the log speaks of and that this coordinator wasn't given: the record waits for it. */
record MissingParticipant(String name) implements Participant {
    @Override
    public Vote prepare(TransactionId id) {
        throw missing(id);
    }

    @Override
    public void commit(TransactionId id) {
        throw missing(id);
    }

    @Override
    public void abort(TransactionId id) {
        throw missing(id);
    }

    @Override
    public Collection<TransactionId> inDoubt() {
        return List.of();
    }

    private IllegalStateException missing(TransactionId id) {
        return new IllegalStateException("\"" + name + "\" must hear of " + id
                + " and wasn't given to this coordinator: open it with a participant of that name");
    }
}
