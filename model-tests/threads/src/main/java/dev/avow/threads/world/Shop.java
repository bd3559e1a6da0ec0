package dev.avow.threads.world;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.Finding;
import dev.avow.engine.LogOptions;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A coordinator in memory with two participants: one that is called in its threads, and one in the caller's. */
public final class Shop {
    /** A race is audited after all others of its stride, and has to be known then. */
    private static final int REMEMBERED = 1_024;

    private static final Duration LONG = Duration.ofSeconds(20);

    public final MemoryFiles disk = new MemoryFiles();
    public final Till orders;
    public final Till payments = new Till("payments", false);
    public final Avow avow;

    private final AvowOptions options;

    private Shop(Till orders, AvowOptions options) {
        this.orders = orders;
        this.options = options;
        this.avow = start();
    }

    /** Timeouts are so long that nobody meets one. */
    public static Shop open(UnaryOperator<AvowOptions> change) {
        return new Shop(new Till("orders", true), change.apply(options()));
    }

    /** The same where the first participant's answers come in another thread, and none of the coordinator's waits for them. */
    public static Shop later(UnaryOperator<AvowOptions> change) {
        return new Shop(new LaterTill("orders"), change.apply(options()));
    }

    private static AvowOptions options() {
        return AvowOptions.defaults()
                .withWorkTimeout(Duration.ofMinutes(10))
                .withRetries(Duration.ofMillis(1), Duration.ofSeconds(10))
                .withLog(new LogOptions(64 << 10, REMEMBERED));
    }

    public static Shop open() {
        return open(UnaryOperator.identity());
    }

    private Avow start() {
        return Avow.open(Logs.open(disk, options.log()), options, List.of(orders, payments));
    }

    /** A transaction of both. */
    public Transaction begin() {
        Transaction transaction = avow.begin("order");
        transaction.enlist(orders);
        transaction.enlist(payments);
        return transaction;
    }

    /** A transaction of one that is called in the coordinator's threads. */
    public Transaction beginAlone() {
        Transaction transaction = avow.begin("order");
        transaction.enlist(orders);
        return transaction;
    }

    public static String word(Outcome outcome) {
        return outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** How it ended at both. */
    public String fate(TransactionId id) {
        return fate(orders.fate(id), payments.fate(id));
    }

    /** As {@link #fate}, once whoever is in doubt has heard. */
    public String settledFate(TransactionId id) {
        awaitNoDoubt(id);
        return fate(id);
    }

    private void awaitNoDoubt(TransactionId id) {
        long deadlineNanos = System.nanoTime() + LONG.toNanos();
        while ((orders.isInDoubt(id) || payments.isInDoubt(id)) && System.nanoTime() < deadlineNanos) {
            Thread.onSpinWait();
        }
    }

    /** How it ended at the only participant, to which a call may still be on its way. */
    public String settledFateAlone(TransactionId id, boolean isCalled) {
        long deadlineNanos = System.nanoTime() + LONG.toNanos();
        while (isCalled && !orders.hasHeardOf(id) && System.nanoTime() < deadlineNanos) {
            Thread.onSpinWait();
        }
        awaitNoDoubt(id);
        return orders.fate(id);
    }

    /** How it ended at both, and what the coordinator's next start, which finishes what was left, says of it. */
    public String audit(TransactionId id) {
        return reopened(again -> fate(id) + ", found " + found(again, id));
    }

    /** Whether the coordinator's next start leaves something in doubt. */
    public String inDoubt() {
        return reopened(
                again -> orders.inDoubt().isEmpty() && payments.inDoubt().isEmpty()
                        ? "nothing in doubt"
                        : "orders " + orders.inDoubt() + ", payments " + payments.inDoubt());
    }

    private String reopened(Function<Avow, String> reading) {
        try (Avow again = start()) {
            return again.awaitRecovered(LONG) ? reading.apply(again) : "not recovered within " + LONG;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String fate(String orders, String payments) {
        return orders.equals(payments) ? "both " + orders : "orders " + orders + ", payments " + payments;
    }

    /** How it ended, as a lookup tells it: no record means abort. (PresumedAbort) */
    public static String found(Avow avow, TransactionId id) {
        Finding finding = avow.outcomeOf(id);
        return switch (finding) {
            case RUNNING -> "running";
            case COMMITTED, COMMITTING -> "committed";
            case ABORTED, NO_RECORD -> "aborted";
            case HEURISTIC -> "contradicted";
        };
    }
}
