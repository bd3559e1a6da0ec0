package dev.avow.survival;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.util.Collection;
import java.util.List;

/** Votes no. */
final class Refusing implements Participant {
    @Override
    public String name() {
        return "credit";
    }

    @Override
    public Vote prepare(TransactionId id) {
        return Vote.NO;
    }

    @Override
    public void commit(TransactionId id) {
        throw new IllegalStateException(id + " was refused and is to be committed");
    }

    @Override
    public void abort(TransactionId id) {}

    @Override
    public Collection<TransactionId> inDoubt() {
        return List.of();
    }
}
