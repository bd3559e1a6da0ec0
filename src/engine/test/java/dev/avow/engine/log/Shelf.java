package dev.avow.engine.log;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A participant whose memory is its disk: it never crashes here. */
final class Shelf implements Participant {
    private final String name;
    final Set<TransactionId> prepared = ConcurrentHashMap.newKeySet();
    final Set<TransactionId> committed = ConcurrentHashMap.newKeySet();
    /** It was told to commit these, and had been told to abort them. */
    final Set<TransactionId> misled = ConcurrentHashMap.newKeySet();

    Shelf(String name) {
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
        prepared.add(id);
        return Vote.YES;
    }

    @Override
    public void commit(TransactionId id) {
        if (prepared.remove(id)) {
            committed.add(id);
        } else if (!committed.contains(id)) {
            misled.add(id);
        }
    }

    @Override
    public void abort(TransactionId id) {
        prepared.remove(id);
    }

    @Override
    public Collection<TransactionId> inDoubt() {
        return Set.copyOf(prepared);
    }
}
