package dev.avow.jta;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogException;
import dev.avow.engine.Outcome;
import dev.avow.engine.Participant;
import dev.avow.xa.Preflight;
import dev.avow.xa.UnfitResourceException;
import dev.avow.xa.XaParticipant;
import dev.avow.xa.XaResourceFactory;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import javax.sql.CommonDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;

/**
 * Jakarta Transactions 2.0 over one Avow coordinator: the transaction manager, the user transaction and the
 * synchronization registry of an application. Recovery runs from the moment it is open.
 *
 * <p>Safe for use by any number of threads; each has its own current transaction. Several managers in one process share
 * nothing.
 */
public final class AvowTransactionManager implements TransactionManager, UserTransaction, AutoCloseable {
    private final Resources resources;
    private final Avow avow;
    private final Duration usualTimeout;
    private final Registry registry = new Registry(this);
    private final AtomicLong unnamed = new AtomicLong();
    private volatile boolean closed;
    private final Current current = new Current();
    private final ThreadLocal<Optional<Duration>> timeout = ThreadLocal.withInitial(Optional::empty);

    private AvowTransactionManager(Resources resources, Avow avow, Duration usualTimeout) {
        this.resources = resources;
        this.avow = avow;
        this.usualTimeout = usualTimeout;
    }

    /** A manager whose coordinator has its log in this directory; add what takes part, and open it. */
    public static Builder at(Path log) {
        return new Builder((options, participants) -> Avow.open(log, options, participants), () -> {});
    }

    /**
     * A manager whose coordinator keeps its decisions in this log, which it closes at its end; add what takes part, and open
     * it. For a log that isn't a directory here.
     */
    public static Builder over(DecisionLog log) {
        return new Builder((options, participants) -> Avow.open(log, options, participants), log::close);
    }

    /** What takes part in a manager's transactions, before it is opened. For one thread. */
    public static final class Builder {
        private static final Duration LOOK = Duration.ofSeconds(5);

        private final BiFunction<AvowOptions, List<Participant>, Avow> coordinator;
        private final Runnable closeLog;
        private final Resources resources = new Resources();
        private AvowOptions options = AvowOptions.defaults();

        /** @param closeLog closes a log that is given up before there is a coordinator */
        private Builder(BiFunction<AvowOptions, List<Participant>, Avow> coordinator, Runnable closeLog) {
            this.coordinator = coordinator;
            this.closeLog = closeLog;
        }

        /**
         * A database. Its branches carry the name, and recovery finds them by it: keep it the same for ever.
         *
         * @param name at most 62 bytes of UTF-8
         * @param source an {@link XADataSource}; the type is wider because some drivers' are a {@code DataSource}, too
         * @throws IllegalArgumentException if the name is blank, too long or taken, or if the source isn't XA
         */
        public Builder database(String name, CommonDataSource source) {
            if (!(source instanceof XADataSource xa)) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is a " + source.getClass().getName()
                                + ", which isn't an XADataSource: what it writes couldn't be prepared and would be committed"
                                + " without the others. Give the driver's XADataSource, such as PGXADataSource or H2's"
                                + " JdbcDataSource; for a pool, see avow-agroal");
            }
            resources.add(name, XaParticipant.of(name, xa), Optional.of(xa));
            return this;
        }

        /**
         * Anything else with XAResources, such as a message broker.
         *
         * @param recovery opens the sessions over which branches are recovered
         * @throws IllegalArgumentException as {@link #database}
         */
        public Builder resource(String name, XaResourceFactory recovery) {
            resources.add(name, XaParticipant.of(name, recovery), Optional.empty());
            return this;
        }

        /** The coordinator's options; {@link AvowOptions#workTimeout} is the timeout of transactions that set none. */
        public Builder options(AvowOptions others) {
            options = others;
            return this;
        }

        /**
         * Looks at the databases, opens the coordinator and begins recovery. No database needs to be reachable now: one that
         * isn't is looked at when it is first reached.
         *
         * @throws UnfitResourceException as {@link Preflight#check}
         * @throws LogException as {@link Avow#open(Path, AvowOptions, java.util.List)}
         */
        public AvowTransactionManager open() {
            try {
                Preflight.check(resources.registered(), LOOK);
                return opened();
            } catch (RuntimeException | Error failure) {
                closeAfter(failure, resources::close);
                closeAfter(failure, closeLog);
                throw failure;
            }
        }

        private static void closeAfter(Throwable failure, Runnable closing) {
            try {
                closing.run();
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
        }

        private AvowTransactionManager opened() {
            Avow avow = coordinator.apply(options, resources.participants());
            return new AvowTransactionManager(resources, avow, options.workTimeout());
        }
    }

    /** The coordinator, for its outcomes, what is pending, and what a person has to settle. */
    public Avow coordinator() {
        return avow;
    }

    /** The standard's registry of synchronizations; always the same one. */
    public TransactionSynchronizationRegistry synchronizationRegistry() {
        return registry;
    }

    /**
     * A registered database as a {@link DataSource}: a connection taken within a transaction is that transaction's, and
     * ends with it; outside of one it commits each statement by itself.
     *
     * @throws IllegalArgumentException if no database of this name was registered
     */
    public DataSource dataSource(String name) {
        return new EnlistedDataSource(this, resources.database(name));
    }

    /**
     * This resource under the name of the resource manager to which it belongs, for {@link Transaction#enlistResource}.
     *
     * @throws IllegalArgumentException if nothing of this name was registered
     */
    public XAResource named(String name, XAResource resource) {
        return new NamedResource(resources.require(name), resource);
    }

    /**
     * How each branch of this transaction ended, for whoever gives its resources back after its completion: one whose
     * branch is {@link dev.avow.engine.BranchEnding#BEING_TOLD} is still in use. Empty before the completion.
     *
     * @throws IllegalArgumentException if it isn't a transaction of this manager
     */
    public Optional<Outcome> outcomeOf(Transaction transaction) {
        if (transaction instanceof JtaTransaction ours && ours.isOf(this)) {
            return ours.outcome();
        }
        throw new IllegalArgumentException(transaction + " isn't a transaction of this manager");
    }

    @Override
    public void begin() throws NotSupportedException, SystemException {
        begin("jta-" + unnamed.incrementAndGet());
    }

    /**
     * {@link #begin()} with the user's own name for the transaction, such as an order's number: logs, traces and the
     * command show it.
     */
    public void begin(String name) throws NotSupportedException, SystemException {
        if (current().isPresent()) {
            throw new NotSupportedException("this thread is in " + current().orElseThrow()
                    + " already, and transactions don't nest: commit, roll back or suspend it first");
        }
        try {
            Duration most = timeout.get().orElse(usualTimeout);
            JtaTransaction transaction = new JtaTransaction(this, current, avow.begin(name, most), resources);
            current.take(transaction);
            if (closed) {
                // Its look at those that run may have missed this one.
                current.release();
                transaction.closed();
                throw new SystemException("no transaction can begin: the manager is closed");
            }
        } catch (IllegalStateException failure) {
            throw Failures.system("no transaction can begin: " + failure.getMessage(), failure);
        }
    }

    /** This thread's transaction, unless another thread has just ended it. */
    Optional<JtaTransaction> current() {
        return current.transaction();
    }

    private JtaTransaction required(String call) {
        return current()
                .orElseThrow(() -> new IllegalStateException(call + ": this thread is in no transaction, "
                        + (closed ? "the manager is closed, which rolls back what is under way" : "or it has ended")));
    }

    @Override
    public void commit()
            throws RollbackException, HeuristicMixedException, HeuristicRollbackException, SystemException {
        required("commit").commit();
    }

    @Override
    public void rollback() throws SystemException {
        required("rollback").rollback();
    }

    @Override
    public void setRollbackOnly() {
        required("setRollbackOnly").setRollbackOnly();
    }

    @Override
    public int getStatus() {
        return current().map(JtaTransaction::getStatus).orElse(Status.STATUS_NO_TRANSACTION);
    }

    /** {@inheritDoc} Null if there is none. */
    @Override
    @SuppressWarnings("NullAway")
    public Transaction getTransaction() {
        return current().orElse(null);
    }

    @Override
    public void setTransactionTimeout(int seconds) throws SystemException {
        if (seconds < 0) {
            throw new SystemException("the transaction timeout is " + seconds
                    + " s: give the seconds that a transaction may take, or 0 for the usual " + usualTimeout);
        }
        timeout.set(seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)));
    }

    /** {@inheritDoc} Null if there was none. */
    @Override
    @SuppressWarnings("NullAway")
    public Transaction suspend() {
        return current.suspend().orElse(null);
    }

    @Override
    public void resume(Transaction suspended) throws InvalidTransactionException {
        if (!(suspended instanceof JtaTransaction ours) || !ours.isOf(this)) {
            throw new InvalidTransactionException(suspended + " isn't a transaction of this manager");
        }
        if (current().isPresent()) {
            throw new IllegalStateException(
                    "resume: this thread is in " + current().orElseThrow() + " already");
        }
        if (ours.isOver()) {
            throw new InvalidTransactionException(ours + " has ended");
        }
        current.take(ours);
    }

    /**
     * Aborts what is under way, tells that to its synchronizations, and lets go of the log, of the registered databases and
     * of every thread. A second call does nothing.
     */
    @Override
    public void close() {
        closed = true;
        try {
            avow.close();
        } finally {
            resources.close();
            current.takeAll().forEach(JtaTransaction::closed);
        }
    }
}
