package dev.avow.services.micrometer;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.util.Collection;

/** Another participant, of which a test changes a call. */
class Around implements Participant {
    private final Participant inner;

    Around(Participant inner) {
        this.inner = inner;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public Vote prepare(TransactionId id) throws Exception {
        return inner.prepare(id);
    }

    @Override
    public void commit(TransactionId id) throws Exception {
        inner.commit(id);
    }

    @Override
    public void abort(TransactionId id) throws Exception {
        inner.abort(id);
    }

    @Override
    public Collection<TransactionId> inDoubt() throws Exception {
        return inner.inDoubt();
    }

    @Override
    public Ending commitOnePhase(TransactionId id) throws Exception {
        return inner.commitOnePhase(id);
    }

    @Override
    public void forget(TransactionId id) throws Exception {
        inner.forget(id);
    }
}
