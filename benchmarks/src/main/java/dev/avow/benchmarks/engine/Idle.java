package dev.avow.benchmarks.engine;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.util.Collection;
import java.util.List;

/** A participant that does nothing, at once. */
record Idle(String name) implements Participant {
    @Override
    public Vote prepare(TransactionId id) {
        return Vote.YES;
    }

    @Override
    public void commit(TransactionId id) {}

    @Override
    public void abort(TransactionId id) {}

    @Override
    public Collection<TransactionId> inDoubt() {
        return List.of();
    }

    @Override
    public boolean mayBlock() {
        return false;
    }
}
