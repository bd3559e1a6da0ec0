package dev.avow.survival;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.util.Collection;
import java.util.Optional;

/** Broken: says that it has committed, and does so when the next commit comes. */
final class EarlyPayments implements Participant {
    private final Participant payments;
    private Optional<TransactionId> owed = Optional.empty();

    EarlyPayments(Participant payments) {
        this.payments = payments;
    }

    @Override
    public String name() {
        return payments.name();
    }

    @Override
    public Vote prepare(TransactionId id) throws Exception {
        return payments.prepare(id);
    }

    @Override
    public void commit(TransactionId id) throws Exception {
        if (owed.isPresent()) {
            payments.commit(owed.get());
        }
        owed = Optional.of(id);
    }

    @Override
    public void abort(TransactionId id) throws Exception {
        payments.abort(id);
    }

    @Override
    public Collection<TransactionId> inDoubt() throws Exception {
        return payments.inDoubt().stream()
                .filter(id -> !owed.equals(Optional.of(id)))
                .toList();
    }

    @Override
    public Ending commitOnePhase(TransactionId id) throws Exception {
        return payments.commitOnePhase(id);
    }
}
