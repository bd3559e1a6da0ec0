package dev.avow.resources;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Votes no, once the others have voted yes. */
final class Refusing implements Participant {
    private static final long DEADLINE_SECONDS = 30;

    private final CountDownLatch othersPrepared = new CountDownLatch(1);

    void otherIsPrepared() {
        othersPrepared.countDown();
    }

    @Override
    public String name() {
        return "refusing";
    }

    @Override
    public Vote prepare(TransactionId id) throws InterruptedException {
        if (!othersPrepared.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the other one isn't prepared");
        }
        return Vote.NO;
    }

    @Override
    public void commit(TransactionId id) {
        throw new IllegalStateException("it has voted no");
    }

    @Override
    public void abort(TransactionId id) {}

    @Override
    public Collection<TransactionId> inDoubt() {
        return List.of();
    }
}
