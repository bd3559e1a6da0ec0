package dev.avow.micrometer;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A participant that does nothing, and fails when told to. */
final class Shop implements Participant {
    private final String name;
    private final Set<TransactionId> prepared = ConcurrentHashMap.newKeySet();
    volatile boolean refuses;
    volatile boolean isUnreachable;

    Shop(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public Vote prepare(TransactionId id) {
        if (refuses) {
            throw new IllegalStateException("sold out");
        }
        prepared.add(id);
        return Vote.YES;
    }

    @Override
    public void commit(TransactionId id) {
        requireReachable();
        prepared.remove(id);
    }

    @Override
    public void abort(TransactionId id) {
        requireReachable();
        prepared.remove(id);
    }

    @Override
    public Collection<TransactionId> inDoubt() {
        requireReachable();
        return Set.copyOf(prepared);
    }

    private void requireReachable() {
        if (isUnreachable) {
            throw new IllegalStateException("no connection");
        }
    }
}
