package dev.avow.xa.kit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.transaction.xa.XAResource;

/** How connections share a branch. */
final class Joining {
    private static final long PATIENCE_SECONDS = 2;

    private final XaTarget target;

    Joining(XaTarget target) {
        this.target = target;
    }

    String whenEnded() throws Exception {
        KitBranch branch = KitBranch.ended(target);
        try (XaLink other = target.open()) {
            return join(branch, other);
        } finally {
            branch.sweep(target);
        }
    }

    /** By another thread: some drivers let it wait until the first one ends. */
    String whenActive() throws Exception {
        KitBranch branch = KitBranch.working(target);
        try (XaLink other = target.open()) {
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> join(branch, other));
            try {
                return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException waits) {
                branch.end(XAResource.TMSUCCESS);
                return "waits, then " + answerOf(answer);
            }
        } finally {
            branch.sweep(target);
        }
    }

    private static String answerOf(CompletableFuture<String> answer) throws InterruptedException, ExecutionException {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException hangs) {
            return "hangs";
        }
    }

    private static String join(KitBranch branch, XaLink other) {
        try {
            other.resource().start(branch.xid, XAResource.TMJOIN);
            other.write(branch.marker + " joined");
            other.resource().end(branch.xid, XAResource.TMSUCCESS);
            return "yes";
        } catch (Exception refused) {
            return XaCodes.nameOf(refused);
        }
    }

    String resume() throws Exception {
        KitBranch branch = KitBranch.working(target);
        try {
            branch.end(XAResource.TMSUSPEND);
            branch.link.resource().start(branch.xid, XAResource.TMRESUME);
            branch.link.write(branch.marker + " resumed");
            branch.end(XAResource.TMSUCCESS);
            return "yes";
        } catch (Exception refused) {
            return XaCodes.nameOf(refused);
        } finally {
            branch.sweep(target);
        }
    }
}
