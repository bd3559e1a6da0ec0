package dev.avow.jta;

import dev.avow.engine.Transaction;
import dev.avow.xa.XaParticipant;
import jakarta.transaction.SystemException;
import java.util.IdentityHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resources of one transaction, each a branch of its own. Safe for any number of threads. */
final class Enlistments {
    private static final Logger LOG = LoggerFactory.getLogger(Enlistments.class);

    private final Transaction avow;
    private final Resources resources;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by lock. */
    private final IdentityHashMap<XAResource, XaParticipant> enlisted = new IdentityHashMap<>();

    Enlistments(Transaction avow, Resources resources) {
        this.avow = avow;
        this.resources = resources;
    }

    /**
     * Begins the resource's branch, or goes on with it.
     *
     * @throws XAException if the resource refuses
     * @throws SystemException if there are too many of its resource manager
     * @throws IllegalStateException if the transaction has ended
     */
    void enlist(XAResource resource) throws XAException, SystemException {
        XAResource own = own(resource);
        lock.lock();
        try {
            XaParticipant known = enlisted.get(own);
            if (known == null) {
                XaParticipant free = free(resources.of(resource));
                free.enlist(avow, own);
                enlisted.put(own, free);
            } else {
                known.resume(avow);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the resource's work for now.
     *
     * @return whether it was at work
     * @throws XAException if the resource refuses
     */
    boolean delist(XAResource resource, int flag) throws XAException {
        lock.lock();
        try {
            XaParticipant known = enlisted.get(own(resource));
            return known != null && known.delist(avow, flag);
        } finally {
            lock.unlock();
        }
    }

    private static XAResource own(XAResource resource) {
        return resource instanceof NamedResource named ? named.resource() : resource;
    }

    private XaParticipant free(Resources.Manager of) throws SystemException {
        if (of.name().equals(Resources.UNREGISTERED) && resources.isFirstUnregistered()) {
            LOG.warn(
                    "{} ({}) enlists an XAResource under no registered name: its branches can't be recovered after a"
                            + " crash. Register its resource manager and wrap it by AvowTransactionManager.named",
                    avow.name(),
                    avow.id());
        }
        return of.further().stream()
                .filter(participant -> !enlisted.containsValue(participant))
                .findFirst()
                .orElseThrow(() -> new SystemException(avow.name() + " works on " + Resources.FURTHER
                        + " resources of \"" + of.name() + "\" already, and that is the most"));
    }
}
