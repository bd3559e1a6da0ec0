package dev.avow.xa.kit;

import java.util.Optional;
import java.util.UUID;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** One branch with one marker, on a connection of its own. */
final class KitBranch implements AutoCloseable {
    final KitXid xid = new KitXid();
    final String marker = "kit " + UUID.randomUUID();
    final XaLink link;

    private KitBranch(XaLink link) {
        this.link = link;
    }

    /** The work is under way. */
    static KitBranch working(XaTarget target) throws Exception {
        KitBranch branch = started(target);
        branch.link.write(branch.marker);
        return branch;
    }

    static KitBranch started(XaTarget target) throws Exception {
        KitBranch branch = new KitBranch(target.open());
        branch.link.resource().start(branch.xid, XAResource.TMNOFLAGS);
        return branch;
    }

    static KitBranch ended(XaTarget target) throws Exception {
        KitBranch branch = working(target);
        branch.end(XAResource.TMSUCCESS);
        return branch;
    }

    static KitBranch prepared(XaTarget target) throws Exception {
        KitBranch branch = ended(target);
        int vote = branch.link.resource().prepare(branch.xid);
        if (vote != XAResource.XA_OK) {
            throw new IllegalStateException("it voted " + vote + " for a branch that wrote");
        }
        return branch;
    }

    void end(int flag) throws XAException {
        link.resource().end(xid, flag);
    }

    void commit(boolean onePhase) throws XAException {
        link.resource().commit(xid, onePhase);
    }

    void rollback() throws XAException {
        link.resource().rollback(xid);
    }

    /** Whether this connection finds the branch in doubt. */
    boolean isListedBy(XaLink other) throws XAException {
        Xid[] found = Optional.ofNullable(other.resource().recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN))
                .orElse(new Xid[0]);
        for (Xid one : found) {
            if (xid.isNamed(one)) {
                return true;
            }
        }
        return false;
    }

    /** Leaves nothing behind that would hold a lock. */
    void sweep(XaTarget target) {
        quietly(() -> end(XAResource.TMFAIL));
        quietly(this::rollback);
        link.close();
        quietly(() -> {
            try (XaLink other = target.open()) {
                if (isListedBy(other)) {
                    other.resource().rollback(xid);
                }
            }
        });
    }

    private interface Call {
        void make() throws Exception;
    }

    private static void quietly(Call call) {
        try {
            call.make();
        } catch (Exception over) {
            // Most are over already.
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
