package dev.avow.xa;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.transaction.xa.XAResource;

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

    /** How the resource works for the branch: C193, table 6-3. */
    private enum Association {
        ACTIVE,
        SUSPENDED,
        ENDED
    }

    private static final Duration AGAIN = Duration.ofMillis(20);

    private final AvowXid xid;
    private final String owner;
    private final Duration patience;
    private final Turn turn;
    private final Gate gate = new Gate();

    private Association association = Association.ACTIVE;
    private Optional<Lease> lease = Optional.empty();
    private Optional<GuardedConnection> connection = Optional.empty();
    /** A cancellation may arrive late, in the next transaction's statement. */
    private boolean cancelled;

    BranchWork(AvowXid xid, String owner, Duration patience, Turn turn) {
        this.xid = xid;
        this.owner = owner;
        this.patience = patience;
        this.turn = turn;
    }

    void begin(Leasing leasing) throws Exception {
        lease = Optional.of(leasing.take());
        calls().start(xid, XAResource.TMNOFLAGS);
        connection = lease.get().connection().map(driver -> new GuardedConnection(owner, driver, gate));
    }

    Connection connection() throws SQLException {
        return connection
                .map(GuardedConnection::connection)
                .orElseThrow(() -> new SQLException(owner + " works on a resource without a JDBC connection"));
    }

    boolean isOn(XAResource resource) {
        return lease.isPresent() && lease.get().resource() == resource;
    }

    XaCalls calls() {
        Lease held = lease.orElseThrow();
        return new XaCalls(
                xid.participant(), held.resource(), held.takesTurns() ? Optional.of(turn) : Optional.empty());
    }

    /** Lets the application do nothing more, and hands its work to the resource. */
    void end() throws TimeoutException, InterruptedException, XaFailure {
        gate.shut(owner + " has ended its work: use the connection of another transaction");
        awaitApplication("commit", patience);
        delist(XAResource.TMSUCCESS);
    }

    /** Whether it wasn't ended before. */
    boolean delist(int flag) throws XaFailure {
        if (association == Association.ENDED
                || (association == Association.SUSPENDED && flag == XAResource.TMSUSPEND)) {
            return false;
        }
        calls().end(xid, flag);
        association = flag == XAResource.TMSUSPEND ? Association.SUSPENDED : Association.ENDED;
        return true;
    }

    /** Whether it was ended or suspended before. */
    boolean resume() throws XaFailure {
        if (association == Association.ACTIVE) {
            return false;
        }
        calls().start(xid, association == Association.SUSPENDED ? XAResource.TMRESUME : XAResource.TMJOIN);
        association = Association.ACTIVE;
        return true;
    }

    boolean endsWithoutError() throws InterruptedException {
        try {
            end();
            return true;
        } catch (TimeoutException | XaFailure failure) {
            return false;
        }
    }

    /** Stops the application's work for good. */
    void breakOff() throws TimeoutException, InterruptedException {
        gate.shut(owner + " was aborted: begin another transaction");
        cancelled |= gate.cancelRunning();
        // A cancellation that overtakes its statement on the way to the database is lost: hence again and again.
        for (long left = patience.toMillis(); left > 0 && !gate.awaitEmpty(AGAIN); left -= AGAIN.toMillis()) {
            cancelled |= gate.cancelRunning();
        }
        awaitApplication("abort", Duration.ZERO);
    }

    private void awaitApplication(String call, Duration atMost) throws TimeoutException, InterruptedException {
        if (!gate.awaitEmpty(atMost)) {
            throw new TimeoutException(call + " of " + owner + ": a statement of the application still runs after "
                    + patience + "; set a query timeout");
        }
    }

    /** Before a rollback. */
    void endFailed() {
        try {
            delist(XAResource.TMFAIL);
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
        boolean asItWas =
                !cancelled && connection.map(used -> !used.settingsChanged()).orElse(true);
        lease.ifPresent(held -> held.release(reusable && asItWas));
        lease = Optional.empty();
    }
}
