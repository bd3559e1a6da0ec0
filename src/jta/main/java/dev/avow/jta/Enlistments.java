package dev.avow.jta;

import dev.avow.engine.Transaction;
import dev.avow.xa.XaParticipant;
import jakarta.transaction.SystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resources of one transaction, each a branch of its own or joined to one. Safe for any number of threads. */
final class Enlistments {
    private static final Logger LOG = LoggerFactory.getLogger(Enlistments.class);

    private final Transaction avow;
    private final Resources resources;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by lock. */
    private final List<Enlisted> enlisted = new ArrayList<>(2);

    /** A resource and the participant whose branch it works for. */
    private record Enlisted(XAResource resource, XaParticipant participant) {}

    Enlistments(Transaction avow, Resources resources) {
        this.avow = avow;
        this.resources = resources;
    }

    /**
     * Begins the resource's branch, joins another of the same resource manager, or goes on.
     *
     * @throws XAException if the resource refuses
     * @throws SystemException if there are too many of its resource manager
     * @throws IllegalStateException if the transaction has ended
     */
    void enlist(XAResource resource) throws XAException, SystemException {
        XAResource own = own(resource);
        lock.lock();
        try {
            Optional<XaParticipant> known = known(own);
            if (known.isPresent()) {
                known.get().resume(avow, own);
                return;
            }
            Resources.Manager manager = resources.of(resource);
            Optional<XaParticipant> joined = joined(manager, own);
            enlisted.add(new Enlisted(own, joined.isPresent() ? joined.get() : begun(manager, own)));
        } finally {
            lock.unlock();
        }
    }

    private Optional<XaParticipant> joined(Resources.Manager manager, XAResource own) throws XAException {
        for (Enlisted each : enlisted) {
            if (manager.further().contains(each.participant)
                    && isSame(each.resource, own)
                    && each.participant.join(avow, own)) {
                return Optional.of(each.participant);
            }
        }
        return Optional.empty();
    }

    private Optional<XaParticipant> known(XAResource own) {
        for (Enlisted each : enlisted) {
            if (each.resource == own) {
                return Optional.of(each.participant);
            }
        }
        return Optional.empty();
    }

    private boolean isSame(XAResource enlisted, XAResource own) {
        try {
            return enlisted.isSameRM(own);
        } catch (XAException | RuntimeException | LinkageError unable) {
            LOG.debug(
                    "{}: {} can't say whether it is of one resource manager with {}",
                    avow.name(),
                    enlisted,
                    own,
                    unable);
            return false;
        }
    }

    private XaParticipant begun(Resources.Manager manager, XAResource own) throws XAException, SystemException {
        XaParticipant free = free(manager);
        free.enlist(avow, own);
        return free;
    }

    /**
     * Ends the resource's work for now.
     *
     * @return whether it was at work
     * @throws XAException if the resource refuses
     */
    boolean delist(XAResource resource, int flag) throws XAException {
        XAResource own = own(resource);
        lock.lock();
        try {
            Optional<XaParticipant> known = known(own);
            return known.isPresent() && known.get().delist(avow, own, flag);
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
        for (XaParticipant participant : of.further()) {
            if (!worksFor(participant)) {
                return participant;
            }
        }
        throw new SystemException(avow.name() + " works on " + Resources.FURTHER + " resources of \"" + of.name()
                + "\" already, and that is the most");
    }

    private boolean worksFor(XaParticipant participant) {
        for (Enlisted each : enlisted) {
            if (each.participant == participant) {
                return true;
            }
        }
        return false;
    }
}
