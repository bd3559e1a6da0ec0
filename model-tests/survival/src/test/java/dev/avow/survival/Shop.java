package dev.avow.survival;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.KeyValueStore;
import dev.avow.engine.LogOptions;
import dev.avow.engine.Outcome;
import dev.avow.engine.Participant;
import dev.avow.engine.StoreOnFiles;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.engine.log.FileDecisionLog;
import dev.avow.protocol.CoordinatorState;
import dev.avow.xa.XaParticipant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Orders in one database, payments in another, what is sold in a key-value store, and a coordinator over the three. */
final class Shop implements AutoCloseable {
    /** An order with this ending takes from the stock. */
    static final String FROM_STOCK = "s";

    private static final long PATIENCE_SECONDS = 30;
    /** The smallest, so that a few transactions turn a segment over. */
    private static final LogOptions SMALL = new LogOptions(4_096, 1);
    /** Part of each name and value: a few of them fill a segment. */
    private static final String REMARK = ", as agreed on the telephone".repeat(30);

    private final XaParticipant orders;
    private final XaParticipant payments;
    private final KeyValueStore stock;
    private final Refusing credit = new Refusing();
    private final Avow avow;
    /** What the coordinator knows each participant as. */
    private final Map<Participant, Participant> enlisted;

    private Shop(Place place, Points points, boolean inTurn, Flaw flaw) {
        PointedFiles logFiles = new PointedFiles("log", points);
        PointedFiles stockFiles = new PointedFiles("stock", points);
        orders = XaParticipant.of("orders", PointedXa.over(place.orders().xaDataSource(), "orders", points));
        payments = XaParticipant.of("payments", PointedXa.over(place.payments().xaDataSource(), "payments", points));
        stock = StoreOnFiles.open(place.stock(), "stock", inTurn ? SMALL : LogOptions.defaults(), stockFiles);
        Participant paying = flaw == Flaw.PAYMENTS_ACKNOWLEDGE_EARLY ? new EarlyPayments(payments) : payments;
        List<Participant> real = List.of(orders, paying, stock, credit);
        List<InTurn> turns = inTurn(real);
        enlisted = real.stream()
                .collect(Collectors.toMap(
                        one -> one == paying ? payments : one, one -> inTurn ? turns.get(real.indexOf(one)) : one));
        AvowOptions options = AvowOptions.defaults().withRetries(Duration.ofMillis(20), Duration.ofMillis(500));
        if (inTurn) {
            // No second look comes in between: the numbers stay.
            options = options.withRetries(Duration.ofMillis(50), Duration.ofSeconds(20));
        }
        avow = Avow.open(
                FileDecisionLog.open(place.log(), inTurn ? SMALL : LogOptions.defaults(), logFiles),
                options,
                inTurn ? turns : real);
        if (inTurn) {
            awaitLook(turns.get(turns.size() - 1));
        }
        switch (flaw) {
            case LOG_FORCES_NOTHING -> logFiles.forget();
            case STORE_FORCES_NOTHING -> stockFiles.forget();
            case PAYMENTS_ACKNOWLEDGE_EARLY, NONE -> {}
        }
    }

    /** One participant at a time, so that each point has its number. */
    static Shop inTurn(Place place, Points points, Flaw flaw) {
        return new Shop(place, points, true, flaw);
    }

    /** As an application runs it. */
    static Shop sideBySide(Place place, Points points) {
        return new Shop(place, points, false, Flaw.NONE);
    }

    private static List<InTurn> inTurn(List<Participant> real) {
        Object turn = new Object();
        List<InTurn> turns = new ArrayList<>();
        CountDownLatch before = new CountDownLatch(0);
        for (Participant one : real) {
            InTurn next = new InTurn(one, turn, before);
            turns.add(next);
            before = next.looked();
        }
        return turns;
    }

    private static void awaitLook(InTurn last) {
        try {
            if (!last.looked().await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the first look for branches in doubt hangs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    interface Work {
        void in(Transaction transaction) throws SQLException;
    }

    Outcome transact(String id, Work work) throws SQLException {
        return avow.transact(id + REMARK, transaction -> work.in(new Enlisting(transaction, enlisted::get)));
    }

    void order(Transaction transaction, String id, int amount) throws SQLException {
        insert(orders.connection(transaction), "INSERT INTO customer_order VALUES (?, ?)", id, amount);
    }

    void pay(Transaction transaction, String id, int amount) throws SQLException {
        insert(payments.connection(transaction), "INSERT INTO payment VALUES (?, ?)", id, amount);
    }

    /** Something that concerns one database alone. */
    void note(Transaction transaction, String id) throws SQLException {
        insert(orders.connection(transaction), "INSERT INTO note VALUES (?, ?)", id, 0);
    }

    void sell(Transaction transaction, String id) {
        stock.put(transaction, id, id + REMARK.repeat(2));
    }

    void lookUp(Transaction transaction, String id) {
        stock.get(transaction, id);
    }

    void askForCredit(Transaction transaction) {
        transaction.enlist(credit);
    }

    private static void insert(Connection connection, String sql, String id, int amount) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id);
            statement.setInt(2, amount);
            statement.executeUpdate();
        }
    }

    /** Waits until nothing is left to be recovered. */
    void recover() throws InterruptedException {
        if (!avow.awaitRecovered(Duration.ofSeconds(PATIENCE_SECONDS))) {
            throw new IllegalStateException(
                    "not recovered within " + PATIENCE_SECONDS + " s; unfinished: " + avow.unfinished());
        }
    }

    @Override
    public void close() {
        avow.close();
        orders.close();
        payments.close();
        stock.close();
    }

    /** A transaction in which participants enlist under what the coordinator knows them as. */
    private record Enlisting(Transaction transaction, Function<Participant, Participant> known) implements Transaction {
        @Override
        public TransactionId id() {
            return transaction.id();
        }

        @Override
        public String name() {
            return transaction.name();
        }

        @Override
        public void enlist(Participant participant) {
            transaction.enlist(known.apply(participant));
        }

        @Override
        public Outcome commit() {
            return transaction.commit();
        }

        @Override
        public Outcome abort() {
            return transaction.abort();
        }

        @Override
        public CoordinatorState state() {
            return transaction.state();
        }

        @Override
        public Optional<Outcome> outcome() {
            return transaction.outcome();
        }
    }
}
