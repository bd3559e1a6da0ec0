package dev.avow.xa;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.transaction.xa.XAResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A branch's hold on its resource, and the application's work there. Guarded by the branch's lock, except that the gate
 * is the application's, too.
 */
final class BranchWork {
    /** Takes hold of the resource; by then the transaction knows the participant. */
    @FunctionalInterface
    interface Leasing {
        Lease take() throws Exception;
    }

    private static final Logger LOG = LoggerFactory.getLogger(BranchWork.class);
    private static final Duration AGAIN = Duration.ofMillis(20);

    private final AvowXid xid;
    private final Owner owner;
    private final Duration patience;
    private final Turn turn;
    /** The first began the branch and will be asked to prepare it; the others have joined. */
    private final List<Association> associations = new ArrayList<>(1);

    private Optional<Lease> lease = Optional.empty();
    /** Of the first. */
    private Optional<XaCalls> calls = Optional.empty();

    /** Of a connection of ours; what the application works with otherwise, it opened itself. */
    private Optional<Gate> gate = Optional.empty();

    private Optional<GuardedConnection> connection = Optional.empty();
    /** A cancellation may arrive late, in the next transaction's statement. */
    private boolean cancelled;

    BranchWork(AvowXid xid, Owner owner, Duration patience, Turn turn) {
        this.xid = xid;
        this.owner = owner;
        this.patience = patience;
        this.turn = turn;
    }

    void begin(Leasing leasing) throws Exception {
        lease = Optional.of(leasing.take());
        calls = Optional.of(callsOf(lease.get().resource()));
        associations.add(Association.start(xid, lease.get().resource(), calls(), XAResource.TMNOFLAGS));
        if (lease.get().connection().isPresent()) {
            Gate opened = new Gate();
            gate = Optional.of(opened);
            connection = lease.get().connection().map(driver -> new GuardedConnection(owner, driver, opened));
        }
    }

    /** Lets another of the resource manager's resources work for the branch, if its driver can do that. */
    boolean join(XAResource resource) throws XaFailure {
        if (Quirks.waitsToJoin(resource) && associations.stream().anyMatch(Association::isActive)) {
            return false;
        }
        try {
            associations.add(Association.start(xid, resource, callsOf(resource), XAResource.TMJOIN));
            return true;
        } catch (XaFailure failure) {
            return switch (failure.sense()) {
                case MISUSED, UNKNOWN_BRANCH, RESOURCE_ERROR -> false;
                case ROLLED_BACK,
                        HEURISTIC_COMMIT,
                        HEURISTIC_ROLLBACK,
                        HEURISTIC_MIX,
                        HEURISTIC_HAZARD,
                        NOT_NOW,
                        UNAVAILABLE -> throw failure;
            };
        }
    }

    Connection connection() throws SQLException {
        return connection
                .map(GuardedConnection::connection)
                .orElseThrow(() -> new SQLException(owner + " works on a resource without a JDBC connection"));
    }

    boolean isOn(XAResource resource) {
        return on(resource).isPresent();
    }

    /** Whether it works on the application's own resource. */
    boolean isLent() {
        return lease.filter(Lease.Lent.class::isInstance).isPresent();
    }

    XaCalls calls() {
        return calls.orElseThrow();
    }

    private XaCalls callsOf(XAResource resource) {
        boolean takesTurns = lease.orElseThrow().takesTurns();
        return new XaCalls(xid.participant(), resource, takesTurns ? Optional.of(turn) : Optional.empty());
    }

    /** Lets the application do nothing more, and hands its work to the resource. */
    void end() throws TimeoutException, InterruptedException, XaFailure {
        if (gate.isPresent()) {
            gate.get().shut(() -> owner + " has ended its work: use the connection of another transaction");
            awaitApplication(gate.get(), "commit", patience);
        }
        requireNotFailed();
        endAll(XAResource.TMSUCCESS);
    }

    private void requireNotFailed() throws XaFailure {
        try {
            if (lease.isPresent() && FailedTransaction.isIn(lease.get())) {
                throw failed(
                        new SQLException("an SQL error, which the application has caught, has spoilt its transaction"
                                + " there: avoid the error, or let it roll the transaction back"));
            }
        } catch (ReflectiveOperationException | SQLException | RuntimeException unable) {
            throw failed(unable);
        }
    }

    private XaFailure failed(Exception cause) {
        return new XaFailure(xid.participant(), "end of " + xid, XaCode.XAER_RMERR, cause);
    }

    /** Each of them, since a resource refuses to settle a branch that one of them still works for. */
    private void endAll(int flag) throws XaFailure {
        Optional<XaFailure> first = Optional.empty();
        for (Association each : associations) {
            try {
                each.end(flag);
            } catch (XaFailure failure) {
                first = first.or(() -> Optional.of(failure));
            }
        }
        if (first.isPresent()) {
            throw first.get();
        }
    }

    /** Whether the resource was at work. */
    boolean delist(XAResource resource, int flag) throws XaFailure {
        Optional<Association> found = on(resource);
        return found.isPresent() && found.get().end(flag);
    }

    /** Whether its work was ended or suspended before. */
    boolean resume(XAResource resource) throws XaFailure {
        Optional<Association> found = on(resource);
        return found.isPresent() && found.get().resume();
    }

    private Optional<Association> on(XAResource resource) {
        for (Association each : associations) {
            if (each.isOn(resource)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    boolean endsWithoutError() throws InterruptedException {
        try {
            end();
            return true;
        } catch (TimeoutException | XaFailure failure) {
            // One alone answers with its ending and nothing else.
            LOG.info("{} is aborted instead of committed: {}", owner, failure.getMessage());
            return false;
        }
    }

    /** Stops the application's work for good. */
    void breakOff() throws TimeoutException, InterruptedException {
        if (gate.isPresent()) {
            breakOff(gate.get());
        }
    }

    private void breakOff(Gate gate) throws TimeoutException, InterruptedException {
        gate.shut(() -> owner + " was aborted: begin another transaction");
        cancelled |= gate.cancelRunning();
        // A cancellation that overtakes its statement on the way to the database is lost: hence again and again.
        for (long left = patience.toMillis(); left > 0 && !gate.awaitEmpty(AGAIN); left -= AGAIN.toMillis()) {
            cancelled |= gate.cancelRunning();
        }
        awaitApplication(gate, "abort", Duration.ZERO);
    }

    private void awaitApplication(Gate gate, String call, Duration atMost)
            throws TimeoutException, InterruptedException {
        if (!gate.awaitEmpty(atMost)) {
            throw new TimeoutException(call + " of " + owner + ": a statement of the application still runs after "
                    + patience + "; set a query timeout");
        }
    }

    /** Before a rollback. */
    void endFailed() {
        try {
            endAll(XAResource.TMFAIL);
        } catch (XaFailure marked) {
            // XA_RB* is the answer to expect (C193, xa_end); whatever else is wrong, the rollback will meet it.
        }
    }

    /** Says whether the resource has no more of it. */
    boolean rollBackQuietly(Settling.Scan scan) {
        try {
            Settling.abort(calls(), xid, scan);
            return true;
        } catch (Exception unable) {
            return false;
        }
    }

    void release(boolean reusable) {
        if (lease.isPresent()) {
            boolean asItWas =
                    !cancelled && (connection.isEmpty() || !connection.get().settingsChanged());
            lease.get().release(reusable && asItWas);
            lease = Optional.empty();
        }
    }
}
