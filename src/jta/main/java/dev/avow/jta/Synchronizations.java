package dev.avow.jta;

import jakarta.transaction.Synchronization;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is called before and after a transaction's completion. Interposed ones come last before it and first after it:
 * Jakarta Transactions 2.0, TransactionSynchronizationRegistry. Those registered meanwhile are called, too. Guarded by
 * this; callbacks run outside.
 */
final class Synchronizations {
    private static final Logger LOG = LoggerFactory.getLogger(Synchronizations.class);

    private final List<Synchronization> regular = new ArrayList<>();
    private final List<Synchronization> interposed = new ArrayList<>();
    private int regularCalled;
    private int interposedCalled;

    synchronized void add(Synchronization one) {
        regular.add(one);
    }

    synchronized void addInterposed(Synchronization one) {
        interposed.add(one);
    }

    synchronized boolean isEmpty() {
        return regular.isEmpty() && interposed.isEmpty();
    }

    /** Throws what the first of them throws; the rest isn't called then. */
    void beforeCompletion() {
        for (Synchronization next = next(); next != NONE; next = next()) {
            next.beforeCompletion();
        }
    }

    /** An interposed one may register a regular one, which then comes before the interposed that are left. */
    private synchronized Synchronization next() {
        if (regularCalled < regular.size()) {
            return regular.get(regularCalled++);
        }
        return interposedCalled < interposed.size() ? interposed.get(interposedCalled++) : NONE;
    }

    /** The outcome stands: what they throw is logged, and the others are called all the same. */
    void afterCompletion(int status, Object transaction) {
        List<Synchronization> all;
        synchronized (this) {
            all = new ArrayList<>(interposed);
            all.addAll(regular);
        }
        for (Synchronization each : all) {
            try {
                each.afterCompletion(status);
            } catch (Throwable failure) {
                LOG.warn("{} failed after the completion of {}", each, transaction, failure);
            }
        }
    }

    private static final Synchronization NONE = new Synchronization() {
        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {}
    };
}
