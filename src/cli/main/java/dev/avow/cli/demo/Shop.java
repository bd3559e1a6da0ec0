package dev.avow.cli.demo;

import dev.avow.cli.terminal.Complaint;
import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogInUseException;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The shop, open for business: what an earlier run left unfinished is recovered. */
public final class Shop implements AutoCloseable {
    private static final Duration RECOVERY_PATIENCE = Duration.ofSeconds(30);

    private final Stores stores;
    private final Avow coordinator;
    private final Consumer<Sighting> witness;
    private final Recovered recovered;

    private Shop(Stores stores, Avow coordinator, Consumer<Sighting> witness, Recovered recovered) {
        this.stores = stores;
        this.coordinator = coordinator;
        this.witness = witness;
        this.recovered = recovered;
    }

    /**
     * Opens the shop in this folder and waits until nothing is left to recover.
     *
     * @param witness sees every step, also the application's own
     */
    static Shop open(DemoFolder folder, Consumer<Sighting> witness) throws SQLException, InterruptedException {
        // First of all: whoever has the log has the folder.
        DecisionLog log = openLog(folder);
        Stores stores;
        try {
            stores = Stores.open(folder);
        } catch (SQLException | RuntimeException failure) {
            log.close();
            throw failure;
        }
        try {
            return open(folder, log, stores, witness);
        } catch (SQLException | InterruptedException | RuntimeException failure) {
            stores.close();
            throw failure;
        }
    }

    private static Shop open(DemoFolder folder, DecisionLog log, Stores stores, Consumer<Sighting> witness)
            throws SQLException, InterruptedException {
        List<CommitRecord> unfinished = log.unfinished();
        int incarnation = log.incarnation();
        Sightings recovery = new Sightings();
        Avow coordinator = Avow.open(
                log,
                AvowOptions.defaults()
                        .withObserver(step -> recovery.andThen(witness).accept(Sighting.of(step))),
                stores.participants());
        if (!coordinator.awaitRecovered(RECOVERY_PATIENCE)) {
            coordinator.close();
            throw Complaint.failed("the recovery of " + folder.path() + " isn't finished after "
                    + RECOVERY_PATIENCE.toSeconds() + " s; see: avow log " + folder.path());
        }
        Recovered recovered = new Recovered(incarnation, unfinished, recovery.transactionsWith("CoordinatorAnswer"));
        return new Shop(stores, coordinator, witness, recovered);
    }

    private static DecisionLog openLog(DemoFolder folder) {
        try {
            return DecisionLog.open(folder.log());
        } catch (LogInUseException inUse) {
            throw Complaint.failed(
                    folder.path() + " is in use by another run" + (inUse.pid() == 0 ? "" : ", process " + inUse.pid())
                            + ": wait until it ends, or name another folder with --dir",
                    inUse);
        }
    }

    public Recovered recovered() {
        return recovered;
    }

    /** What both databases hold now. */
    public Books books() throws SQLException {
        return stores.read();
    }

    /** Commits the order and its payment, or neither. */
    public Placement place(Order order) throws SQLException {
        try (Transaction transaction = coordinator.begin(order.id())) {
            OrdersTable.insert(stores.orders().connection(transaction), order);
            saw(transaction, Sighting.WORK, "orders", "insert order " + order.id());
            try {
                PaymentsTable.pay(stores.payments().connection(transaction), order);
            } catch (PaymentRefusedException refusal) {
                return refused(transaction, order, refusal);
            }
            saw(transaction, Sighting.WORK, "payments", "pay " + order.amount() + " for " + order.id());
            saw(transaction, Sighting.COMMIT, "", "");
            return placed(transaction.commit(), Optional.empty());
        }
    }

    private Placement refused(Transaction transaction, Order order, PaymentRefusedException refusal) {
        saw(transaction, Sighting.WORK, "payments", "pay " + order.amount() + " for " + order.id());
        saw(transaction, Sighting.REFUSAL, "payments", refusal.reason());
        saw(transaction, Sighting.ABORT, "", "");
        return placed(transaction.abort(), Optional.of(refusal.reason()));
    }

    private Placement placed(Outcome outcome, Optional<String> refusal) {
        witness.accept(Sighting.application(
                outcome.id(), Sighting.OUTCOME, "", outcome.getClass().getSimpleName()));
        return new Placement(outcome, refusal);
    }

    private void saw(Transaction transaction, String action, String participant, String detail) {
        witness.accept(Sighting.application(transaction.id(), action, participant, detail));
    }

    @Override
    public void close() throws SQLException {
        coordinator.close();
        stores.close();
    }
}
