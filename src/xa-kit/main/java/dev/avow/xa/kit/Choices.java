package dev.avow.xa.kit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/** What a resource manager answers where the specification leaves it a choice, and where some forget it. */
final class Choices {
    private static final int TIMEOUT_SECONDS = 1;
    private static final long LONGER_MILLIS = 2_500;

    private final XaTarget target;

    Choices(XaTarget target) {
        this.target = target;
    }

    String timeout() throws Exception {
        try (XaLink link = target.open()) {
            if (!link.resource().setTransactionTimeout(TIMEOUT_SECONDS)) {
                return "refused";
            }
        } catch (XAException refused) {
            return XaCodes.nameOf(refused);
        }
        return "taken, " + afterTimeout();
    }

    private String afterTimeout() throws Exception {
        XaLink link = target.open();
        KitXid xid = new KitXid();
        try (link) {
            link.resource().setTransactionTimeout(TIMEOUT_SECONDS);
            link.resource().start(xid, XAResource.TMNOFLAGS);
            link.write("timeout " + xid);
            // Nothing tells when it is over: any call might end it.
            CountDownLatch never = new CountDownLatch(1);
            if (never.await(LONGER_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody opens this latch");
            }
            link.resource().end(xid, XAResource.TMSUCCESS);
            link.resource().prepare(xid);
        } catch (XAException rolledBack) {
            return "rolls back: " + XaCodes.nameOf(rolledBack);
        }
        try (XaLink other = target.open()) {
            other.resource().recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN);
            other.resource().rollback(xid);
        }
        return "without effect";
    }

    @FunctionalInterface
    private interface Call {
        void on(XAResource resource, KitXid xid) throws XAException;
    }

    String unknown() throws Exception {
        return answer((resource, xid) -> resource.commit(xid, false))
                + ", " + answer(XAResource::rollback)
                + ", " + answer(XAResource::forget);
    }

    private String answer(Call call) throws Exception {
        try (XaLink link = target.open()) {
            call.on(link.resource(), new KitXid());
            return "success";
        } catch (XAException | RuntimeException refused) {
            return XaCodes.nameOf(refused);
        }
    }

    String sameRm() throws Exception {
        try (XaLink one = target.open();
                XaLink another = target.open()) {
            return yes(one.resource().isSameRM(one.resource())) + ", "
                    + yes(one.resource().isSameRM(another.resource())) + ", " + sameElsewhere(one);
        }
    }

    private String sameElsewhere(XaLink one) throws Exception {
        if (target.elsewhere().isEmpty()) {
            return "–";
        }
        try (XaLink far = target.elsewhere().get().open()) {
            return yes(one.resource().isSameRM(far.resource()));
        }
    }

    private static String yes(boolean answer) {
        return answer ? "yes" : "no";
    }

    String vote() throws Exception {
        return voteOf(true) + ", " + voteOf(false);
    }

    private String voteOf(boolean reading) throws Exception {
        KitBranch branch = KitBranch.started(target);
        try {
            if (reading) {
                branch.link.read();
            }
            branch.end(XAResource.TMSUCCESS);
            return branch.link.resource().prepare(branch.xid) == XAResource.XA_RDONLY ? "read-only" : "yes";
        } catch (XAException refused) {
            return XaCodes.nameOf(refused);
        } finally {
            branch.sweep(target);
        }
    }

    String closed() throws Exception {
        KitBranch branch = KitBranch.prepared(target);
        branch.close();
        try (XaLink other = target.open()) {
            return branch.isListedBy(other) ? "stays" : "rolled back";
        } finally {
            branch.sweep(target);
        }
    }

    String killed() throws Exception {
        if (!target.canBeKilled()) {
            return "not tried";
        }
        KitBranch branch = KitBranch.prepared(target);
        target.kill();
        target.restart();
        try (XaLink other = target.open()) {
            return branch.isListedBy(other) ? "stays" : "lost";
        } finally {
            branch.sweep(target);
        }
    }
}
