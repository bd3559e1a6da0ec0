package dev.avow.survival;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A participant whose calls come in the coordinator's own thread, one participant after the other, so that a point has
 * the same number in each run. Kills at random meet the side by side.
 */
class InTurn implements Participant {
    private static final long PATIENCE_SECONDS = 30;

    private final Participant participant;
    private final Object turn;
    private final CountDownLatch before;
    private final CountDownLatch looked = new CountDownLatch(1);

    /**
     * @param turn shared by all of them
     * @param before opens the gate to the first look for branches in doubt
     */
    InTurn(Participant participant, Object turn, CountDownLatch before) {
        this.participant = participant;
        this.turn = turn;
        this.before = before;
    }

    /** Comes down when branches in doubt have been asked for once. */
    CountDownLatch looked() {
        return looked;
    }

    Participant itself() {
        return participant;
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public String name() {
        return participant.name();
    }

    @Override
    public Vote prepare(TransactionId id) throws Exception {
        synchronized (turn) {
            return participant.prepare(id);
        }
    }

    @Override
    public void commit(TransactionId id) throws Exception {
        synchronized (turn) {
            participant.commit(id);
        }
    }

    @Override
    public void abort(TransactionId id) throws Exception {
        synchronized (turn) {
            participant.abort(id);
        }
    }

    @Override
    public Collection<TransactionId> inDoubt() throws Exception {
        if (!before.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the look before that of " + name() + " hangs");
        }
        synchronized (turn) {
            try {
                return participant.inDoubt();
            } finally {
                looked.countDown();
            }
        }
    }

    @Override
    public Ending commitOnePhase(TransactionId id) throws Exception {
        synchronized (turn) {
            return participant.commitOnePhase(id);
        }
    }

    @Override
    public void forget(TransactionId id) throws Exception {
        synchronized (turn) {
            participant.forget(id);
        }
    }
}
