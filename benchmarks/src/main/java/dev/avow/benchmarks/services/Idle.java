package dev.avow.benchmarks.services;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Does nothing, and counts. */
final class Idle implements Participant {
    private final String name;
    private final LongAdder prepared = new LongAdder();
    private final LongAdder committed = new LongAdder();

    Idle(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Vote prepare(TransactionId id) {
        prepared.increment();
        return Vote.YES;
    }

    @Override
    public void commit(TransactionId id) {
        committed.increment();
    }

    @Override
    public void abort(TransactionId id) {}

    @Override
    public Collection<TransactionId> inDoubt() {
        return List.of();
    }

    @Override
    public String toString() {
        return prepared + " prepared, " + committed + " committed";
    }
}
