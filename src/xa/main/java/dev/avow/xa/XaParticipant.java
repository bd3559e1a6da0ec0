package dev.avow.xa;

import dev.avow.engine.Participant;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/**
 * A resource manager that speaks XA, as a participant: a database behind an {@link XADataSource}, or anything else that
 * has {@link XAResource}s. It enlists itself in a transaction when that transaction first uses it.
 *
 * <p>It promises no more than the resource manager keeps: prepared work must survive a crash of both. Safe for use by any
 * number of threads; one transaction's connection is for one thread at a time. Close it after its coordinator.
 */
public final class XaParticipant implements Participant, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** So many that two branches hardly ever share a bin, with whose lock a thread may lose the processor. */
    private static final int BINS = 1 << 12;

    private final String name;
    private final byte[] qualifier;
    private final Optional<JdbcSessions> sessions;
    private final RecoverySession recovery;
    private final Duration patience;
    private final ConcurrentMap<TransactionId, XaBranch> branches = new ConcurrentHashMap<>(BINS);

    private XaParticipant(
            String name, Optional<JdbcSessions> sessions, XaResourceFactory recoveryFactory, Duration patience) {
        this(name, sessions, new RecoverySession(name, recoveryFactory, patience), patience);
    }

    private XaParticipant(String name, Optional<JdbcSessions> sessions, RecoverySession recovery, Duration patience) {
        this.name = name;
        this.qualifier = AvowXid.qualifier(name);
        this.sessions = sessions;
        this.recovery = recovery;
        this.patience = patience;
    }

    /**
     * A database, reached as the data source's own user.
     *
     * @param name at most 64 bytes of UTF-8; the database keeps it with each prepared branch
     * @throws IllegalArgumentException if the name is blank, too long or no valid Unicode
     */
    public static XaParticipant of(String name, XADataSource dataSource) {
        return over(name, new JdbcSessions(name, dataSource::getXAConnection), PATIENCE);
    }

    /** {@link #of(String, XADataSource)} as another user, who must be allowed to recover, too. */
    public static XaParticipant of(String name, XADataSource dataSource, String user, String password) {
        return over(name, new JdbcSessions(name, () -> dataSource.getXAConnection(user, password)), PATIENCE);
    }

    /**
     * Anything else with XAResources: {@link #enlist(Transaction, XAResource)} lends one to each transaction.
     *
     * @param recoveryFactory opens the sessions over which branches are recovered
     * @throws IllegalArgumentException as {@link #of(String, XADataSource)}
     */
    public static XaParticipant of(String name, XaResourceFactory recoveryFactory) {
        return of(name, recoveryFactory, PATIENCE);
    }

    static XaParticipant of(String name, XaResourceFactory recoveryFactory, Duration patience) {
        return new XaParticipant(name, Optional.empty(), recoveryFactory, patience);
    }

    static XaParticipant over(String name, JdbcSessions sessions, Duration patience) {
        return new XaParticipant(name, Optional.of(sessions), sessions::openForRecovery, patience);
    }

    /**
     * A further participant over the same resource manager, named {@code orders#2} for 2, for transactions that work on
     * several of its resources at once: each is a branch of its own. Known to the coordinator like any other, and closed
     * with this one.
     *
     * @param number from 2
     * @throws IllegalArgumentException if the number is less, or the name becomes too long
     */
    public XaParticipant further(int number) {
        if (number < 2) {
            throw new IllegalArgumentException("participant \"" + name
                    + "\" is the first of its resource manager: number" + " further ones from 2, not " + number);
        }
        return new XaParticipant(name + "#" + number, Optional.empty(), recovery, patience);
    }

    /**
     * What a look at the database finds; empty if it is no database, and so nothing to be reached before it is wanted.
     *
     * @throws UnfitResourceException if it can't keep a prepared branch, or won't list it
     */
    Optional<Fitness> fitness() throws Exception {
        if (sessions.isEmpty()) {
            return Optional.empty();
        }
        Fitness fitness = sessions.get().fitness();
        try {
            recovery.inDoubt(name);
        } catch (XaFailure failure) {
            if (failure.sense() == XaCode.Sense.RESOURCE_ERROR && fitness.needsPrivilegeToRecover()) {
                throw new UnfitResourceException("\"" + name + "\" doesn't let its user list branches in doubt, so none"
                        + " could be recovered: GRANT XA_RECOVER_ADMIN ON *.* to that user. It said: "
                        + failure.getMessage());
            }
            throw failure;
        }
        return Optional.of(fitness);
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * The connection on which this transaction works: the same one at each call. It needs no closing; it refuses what
     * would end the transaction behind the coordinator's back, and everything once the transaction ends.
     *
     * @throws SQLException if the database can't be reached or refuses the branch
     * @throws IllegalArgumentException if the coordinator wasn't opened with this participant
     * @throws IllegalStateException if the transaction has ended
     */
    public Connection connection(Transaction transaction) throws SQLException {
        JdbcSessions source = sessions.orElseThrow(() -> new SQLException(
                "participant \"" + name + "\" wasn't made from an XADataSource: use enlist(transaction, resource)"));
        try {
            return branch(transaction).connection(() -> {
                transaction.enlist(this);
                return source.take();
            });
        } catch (SQLException | RuntimeException failure) {
            throw failure;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while \"" + name + "\" began its branch", interrupted);
        } catch (Exception failure) {
            throw new SQLException(failure.getMessage(), failure);
        }
    }

    /**
     * Makes the work that follows on this resource part of the transaction; again for the same one changes nothing. Keep
     * the resource open until the transaction has ended.
     *
     * @throws XAException if the resource refuses the branch
     * @throws IllegalArgumentException if the coordinator wasn't opened with this participant
     * @throws IllegalStateException if the transaction has ended, or has another resource of this participant already
     */
    public void enlist(Transaction transaction, XAResource resource) throws XAException {
        xaCall("enlistment", () -> {
            boolean isOnIt = branch(transaction).beginOn(resource, () -> {
                transaction.enlist(this);
                return new Lease.Lent(resource);
            });
            if (!isOnIt) {
                throw new IllegalStateException(
                        "participant \"" + name + "\" works in " + transaction.name()
                                + " on another XAResource already: use that one, let this one join, or give it a participant of its own");
            }
            return true;
        });
    }

    /**
     * Lets this resource work for the branch that another one of this participant has begun ({@code TMJOIN}): to be asked
     * where {@link XAResource#isSameRM} says that both belong to one resource manager.
     *
     * @return whether it joined; if not, the branch isn't at work, or the driver can't do that
     * @throws XAException if the resource is unavailable or has rolled the branch back
     */
    public boolean join(Transaction transaction, XAResource resource) throws XAException {
        Optional<XaBranch> branch = known(transaction.id());
        return branch.isPresent() && xaCall("enlistment", () -> branch.get().join(resource));
    }

    /**
     * Ends a resource's work for the transaction for now: {@code XAResource.end}.
     *
     * @param resource one that was enlisted or has joined
     * @param flag {@link XAResource#TMSUCCESS}, {@link XAResource#TMSUSPEND}, or {@link XAResource#TMFAIL}, after which
     *     the transaction can only be aborted
     * @return whether there was work under way
     * @throws XAException if the resource refuses
     */
    public boolean delist(Transaction transaction, XAResource resource, int flag) throws XAException {
        Optional<XaBranch> branch = known(transaction.id());
        return branch.isPresent() && xaCall("delistment", () -> branch.get().delist(resource, flag));
    }

    /**
     * Goes on with work that was ended by {@link #delist}.
     *
     * @return whether there was such work; false if it is under way
     * @throws XAException if the resource refuses
     * @throws IllegalStateException if the transaction has ended
     */
    public boolean resume(Transaction transaction, XAResource resource) throws XAException {
        Optional<XaBranch> branch = known(transaction.id());
        if (branch.isEmpty()) {
            throw new IllegalStateException(
                    "\"" + name + "\" in " + transaction.name() + " has ended: begin another transaction");
        }
        return xaCall("resumption", () -> branch.get().resume(resource));
    }

    private boolean xaCall(String what, Callable<Boolean> call) throws XAException {
        try {
            return call.call();
        } catch (XAException | RuntimeException failure) {
            throw failure;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(what + " of \"" + name + "\" was interrupted", interrupted);
        } catch (Exception failure) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
    }

    /** The transaction's branch, which may be new and not begun yet. */
    private XaBranch branch(Transaction transaction) {
        TransactionId id = transaction.id();
        Optional<XaBranch> known = known(id);
        if (known.isPresent()) {
            return known.get();
        }
        XaBranch fresh =
                new XaBranch(xid(id), transaction, recovery, patience, settled -> branches.remove(id, settled));
        return Optional.ofNullable(branches.putIfAbsent(id, fresh)).orElse(fresh);
    }

    private AvowXid xid(TransactionId id) {
        return AvowXid.of(id, name, qualifier);
    }

    private Optional<XaBranch> known(TransactionId id) {
        return Optional.ofNullable(branches.get(id));
    }

    @Override
    public Vote prepare(TransactionId id) throws Exception {
        Optional<XaBranch> branch = known(id);
        // Work that isn't held here is lost, or was never done. (UnknownVotesNo)
        return branch.isPresent() ? branch.get().prepare() : Vote.NO;
    }

    @Override
    public void commit(TransactionId id) throws Exception {
        Optional<XaBranch> branch = known(id);
        if (branch.isPresent()) {
            branch.get().commit();
        } else {
            recovery.commit(xid(id));
        }
    }

    @Override
    public void abort(TransactionId id) throws Exception {
        Optional<XaBranch> branch = known(id);
        if (branch.isPresent()) {
            branch.get().abort();
        } else {
            recovery.abort(xid(id));
        }
    }

    @Override
    public Ending commitOnePhase(TransactionId id) throws Exception {
        Optional<XaBranch> branch = known(id);
        return branch.isPresent() ? branch.get().commitOnePhase() : Ending.UNKNOWN;
    }

    @Override
    public void forget(TransactionId id) throws Exception {
        Optional<XaBranch> branch = known(id);
        if (branch.isPresent()) {
            branch.get().forget();
        } else {
            recovery.forget(xid(id));
        }
    }

    /** {@inheritDoc} Also those that should have been aborted and couldn't be: no one else would ask for them again. */
    @Override
    public Collection<TransactionId> inDoubt() throws Exception {
        Set<TransactionId> found = new LinkedHashSet<>();
        branches.forEach((id, branch) -> {
            if (branch.isDoomed()) {
                found.add(id);
            }
        });
        found.addAll(recovery.inDoubt(name));
        return found;
    }

    /**
     * Closes the idle connections and the one for recovery. A connection whose branch is prepared is left open, since
     * some drivers would roll the branch back with it; the next start settles it.
     */
    @Override
    public void close() {
        sessions.ifPresent(JdbcSessions::close);
        recovery.close();
    }
}
