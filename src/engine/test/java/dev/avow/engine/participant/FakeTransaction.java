package dev.avow.engine.participant;

import dev.avow.engine.KeyValueStore;
import dev.avow.engine.Outcome;
import dev.avow.engine.Participant;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.CoordinatorState;
import java.util.Optional;

/** A transaction without a coordinator: the test itself prepares, commits and aborts. */
final class FakeTransaction implements Transaction {

    private final TransactionId id;

    // Guarded by this.
    private boolean enlisted;
    private boolean ended;
    private Runnable whenEnlisted = () -> {};

    FakeTransaction(long sequence) {
        this.id = id(sequence);
    }

    static TransactionId id(long sequence) {
        return TransactionId.of(0x3f9c02ab17deL, 7, sequence);
    }

    /** Works here, and nowhere else: puts one value. */
    static FakeTransaction putting(KeyValueStore store, long sequence, String key, String value) {
        FakeTransaction transaction = new FakeTransaction(sequence);
        store.put(transaction, key, value);
        return transaction;
    }

    @Override
    public TransactionId id() {
        return id;
    }

    @Override
    public String name() {
        return "O" + id.sequence();
    }

    @Override
    public synchronized void enlist(Participant participant) {
        if (ended) {
            throw new IllegalStateException(name() + " has ended");
        }
        enlisted = true;
        whenEnlisted.run();
    }

    /** What a coordinator does at the worst moment. */
    synchronized void whenEnlisted(Runnable doing) {
        whenEnlisted = doing;
    }

    synchronized boolean isEnlisted() {
        return enlisted;
    }

    /** Nobody is enlisted from now on; whoever was, is to be told. */
    synchronized boolean end() {
        ended = true;
        return enlisted;
    }

    @Override
    public Outcome commit() {
        throw new UnsupportedOperationException("there is no coordinator here");
    }

    @Override
    public Outcome abort() {
        throw new UnsupportedOperationException("there is no coordinator here");
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
