package dev.avow.grpc;

import dev.avow.engine.Outcome;
import dev.avow.engine.Participant;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.CoordinatorState;
import java.util.Optional;

/** One that nobody coordinates, for a participant that a test leads by hand. */
record LocalTransaction(TransactionId id) implements Transaction {
    @Override
    public String name() {
        return id.toString();
    }

    @Override
    public void enlist(Participant participant) {}

    @Override
    public Outcome commit() {
        throw new UnsupportedOperationException("led by hand");
    }

    @Override
    public Outcome abort() {
        throw new UnsupportedOperationException("led by hand");
    }

    @Override
    public CoordinatorState state() {
        return CoordinatorState.WORKING;
    }

    @Override
    public Optional<Outcome> outcome() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
