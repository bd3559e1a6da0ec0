package dev.avow.grpc;

import dev.avow.engine.TransactionId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what keeps a participant's branches in doubt, with their locks, and what helps: once for each coordinator, and once when it
 * replies again. What lies between are rounds. Safe for any number of threads.
 */
final class DoubtLog {
    private static final Logger LOG = LoggerFactory.getLogger(DoubtLog.class);

    private final String participant;
    private final Set<Long> silent = ConcurrentHashMap.newKeySet();
    private final Set<Long> unknown = ConcurrentHashMap.newKeySet();

    DoubtLog(String participant) {
        this.participant = participant;
    }

    /** Its coordinator doesn't reply, and no other participant knows how these end. */
    void nobodyKnows(Book.Entry coordinator, int branches) {
        if (branches > 0 && silent.add(coordinator.number())) {
            LOG.warn(
                    "\"{}\" is in doubt about {} transactions of coordinator {}, and holds their locks: that one doesn't reply at"
                            + " {}, and no other participant knows. They wait; start the coordinator on its log",
                    participant,
                    branches,
                    text(coordinator.number()),
                    coordinator.place().address());
        }
    }

    void replied(Book.Entry coordinator) {
        if (silent.remove(coordinator.number())) {
            LOG.info(
                    "Coordinator {} replies to \"{}\" again, at {}",
                    text(coordinator.number()),
                    participant,
                    coordinator.place().address());
        }
    }

    /** Nobody is known who could say how these end. */
    void notInBook(long coordinator, int branches) {
        if (unknown.add(coordinator)) {
            LOG.warn(
                    "\"{}\" is in doubt about {} transactions of coordinator {}, which isn't in its directory: was that lost or"
                            + " replaced? Put it back; until then they wait, with their locks, unless that coordinator calls",
                    participant,
                    branches,
                    text(coordinator));
        }
    }

    private static String text(long coordinator) {
        return TransactionId.of(coordinator, 0, 0).coordinatorText();
    }
}
