package dev.avow.simulator.world;

import dev.avow.engine.Outcome;
import dev.avow.engine.Participant;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.CoordinatorState;
import java.util.Optional;

/** A transaction as a participant sees it: its coordinator is elsewhere, and knows already who takes part. */
record Enlisted(TransactionId id, String name) implements Transaction {
    @Override
    public void enlist(Participant participant) {
        // The coordinator in the simulated world has drawn who takes part.
    }

    @Override
    public Outcome commit() {
        throw elsewhere();
    }

    @Override
    public Outcome abort() {
        throw elsewhere();
    }

    @Override
    public CoordinatorState state() {
        throw elsewhere();
    }

    @Override
    public Optional<Outcome> outcome() {
        throw elsewhere();
    }

    private IllegalStateException elsewhere() {
        return new IllegalStateException(name + " is decided by its coordinator, on another machine");
    }
}
