package dev.avow.cli;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.Participant;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A coordinator of two participants, of which payments votes yes and can't be reached after that. */
final class Crippled implements AutoCloseable {
    private final Avow avow;
    private final Member orders = new Member("orders", Set.of());
    private final Member payments;

    /** @param inDoubt what payments holds from before */
    Crippled(Path log, Set<TransactionId> inDoubt) {
        payments = new Member("payments", inDoubt);
        AvowOptions options = AvowOptions.defaults().withRetries(Duration.ofMillis(20), Duration.ofMillis(50));
        avow = Avow.open(log, options, List.of(orders, payments));
    }

    Avow avow() {
        return avow;
    }

    TransactionId commit(String name) {
        try (Transaction transaction = avow.begin(name)) {
            transaction.enlist(orders);
            transaction.enlist(payments);
            transaction.commit().requireCommitted();
            return transaction.id();
        }
    }

    @Override
    public void close() {
        avow.close();
    }

    private static final class Member implements Participant {
        private final String name;
        private final Set<TransactionId> prepared = ConcurrentHashMap.newKeySet();

        Member(String name, Set<TransactionId> inDoubt) {
            this.name = name;
            prepared.addAll(inDoubt);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Vote prepare(TransactionId id) {
            prepared.add(id);
            return Vote.YES;
        }

        @Override
        public void commit(TransactionId id) {
            if (name.equals("payments")) {
                throw new IllegalStateException("connection refused");
            }
            prepared.remove(id);
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
}
