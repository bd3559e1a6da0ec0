package dev.avow.xa;

import dev.avow.engine.Outcome;
import dev.avow.engine.Participant;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.CoordinatorState;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A transaction without a coordinator: the test itself prepares, commits and aborts. */
final class FakeTransaction implements Transaction {
    private final TransactionId id;
    private final AtomicInteger enlistments = new AtomicInteger();
    private volatile boolean ended;

    FakeTransaction(long sequence) {
        this.id = id(sequence);
    }

    static TransactionId id(long sequence) {
        return TransactionId.of(0x3f9c02ab17deL, 7, sequence);
    }

    int enlistments() {
        return enlistments.get();
    }

    FakeTransaction ended() {
        ended = true;
        return this;
    }

    @Override
    public TransactionId id() {
        return id;
    }

    @Override
    public String name() {
        return "O00" + id.sequence();
    }

    @Override
    public void enlist(Participant participant) {
        if (ended) {
            throw new IllegalStateException(name() + " has ended");
        }
        enlistments.incrementAndGet();
    }

    @Override
    public Outcome commit() {
        throw new UnsupportedOperationException("call the participant");
    }

    @Override
    public Outcome abort() {
        throw new UnsupportedOperationException("call the participant");
    }

    @Override
    public CoordinatorState state() {
        throw new UnsupportedOperationException("there is no coordinator here");
    }

    @Override
    public Optional<Outcome> outcome() {
        throw new UnsupportedOperationException("there is no coordinator here");
    }
}
