package dev.avow.grpc;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.engine.participant.PeerKnowledge;
import dev.avow.protocol.ParticipantStep;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The branches that calls have opened here, until their coordinator has its first order for them. One that hears of none for
 * longer than the work timeout is aborted: its coordinator may be gone, and it holds locks. Safe for any number of threads.
 */
final class OpenBranches {
    private static final Logger LOG = LoggerFactory.getLogger(OpenBranches.class);

    private final Participant participant;
    private final Coordinators coordinators;
    private final Duration workTimeout;
    private final Clearing clearing;
    private final PeerKnowledge knowledge;
    private final OpenLimit limit;
    private final Map<TransactionId, Open> branches = new ConcurrentHashMap<>();

    OpenBranches(
            Participant participant,
            Coordinators coordinators,
            Duration workTimeout,
            Clearing clearing,
            PeerKnowledge knowledge,
            OpenLimit limit) {
        this.participant = participant;
        this.coordinators = coordinators;
        this.workTimeout = workTimeout;
        this.clearing = clearing;
        this.knowledge = knowledge;
        this.limit = limit;
    }

    /** OPEN → ENLISTED; OPEN, ENLISTED → ORDERED | EXPIRED. */
    private enum State {
        /** The coordinator hasn't said yet that it knows of it: no work. */
        OPEN,
        ENLISTED,
        /** The coordinator has told its first order. */
        ORDERED,
        EXPIRED
    }

    /** What an order finds here. */
    enum Found {
        /** It is the first for its branch. */
        FIRST,
        /** The branch was aborted here before. */
        EXPIRED,
        /** Another order came before; or the branch was never here, or before a restart. */
        NOTHING
    }

    private static final class Open {
        final ReentrantLock lock = new ReentrantLock();
        final long number = ThreadLocalRandom.current().nextLong();
        final String client;
        /** Guarded by lock, like below. */
        State state = State.OPEN;

        Runnable cancelExpiry = () -> {};

        Open(String client) {
            this.client = client;
        }
    }

    /**
     * Enlists the participant of this service with the transaction's coordinator, unless it is enlisted; before any work.
     *
     * @throws IllegalArgumentException if it is another participant
     * @throws IllegalStateException if the coordinator refuses or can't be reached, or if the branch has ended here
     */
    void open(Travelling travelling, Participant enlisted) {
        if (!enlisted.name().equals(participant.name())) {
            throw new IllegalArgumentException(
                    "\"" + enlisted.name() + "\" isn't the participant of this service, which" + " is \""
                            + participant.name() + "\": give it a ParticipantService of its own");
        }
        clearing.requireOpen();
        Open branch = branches.computeIfAbsent(travelling.id(), id -> expiring(travelling));
        branch.lock.lock();
        try {
            switch (branch.state) {
                // If that fails, nothing was done yet, and the same number may be tried again.
                case OPEN -> {
                    coordinators.enlist(travelling, participant.name(), branch.number);
                    knowledge.works(travelling.id());
                    branch.state = State.ENLISTED;
                }
                case ENLISTED -> {}
                case ORDERED -> throw ended(travelling, "is being ended by its coordinator");
                case EXPIRED -> throw ended(travelling, "was aborted here: its coordinator was silent");
            }
        } finally {
            branch.lock.unlock();
        }
    }

    private Open expiring(Travelling travelling) {
        limit.enter(travelling.caller());
        Open branch = new Open(travelling.caller());
        branch.cancelExpiry = clearing.after(workTimeout, () -> expire(travelling, branch));
        return branch;
    }

    private IllegalStateException ended(Travelling travelling, String how) {
        return new IllegalStateException("\"" + participant.name() + "\" works for " + travelling.name() + " ("
                + travelling.id() + ") no more: it " + how);
    }

    /** The coordinator orders something. */
    Found ordered(TransactionId id) {
        Optional<Open> known = Optional.ofNullable(branches.get(id));
        if (known.isEmpty()) {
            return Found.NOTHING;
        }
        Open branch = known.get();
        branch.lock.lock();
        try {
            if (branch.state == State.EXPIRED) {
                return Found.EXPIRED;
            }
            branch.state = State.ORDERED;
            branch.cancelExpiry.run();
        } finally {
            branch.lock.unlock();
        }
        return remove(id, branch) ? Found.FIRST : Found.NOTHING;
    }

    /** Ends it unless an order came before: a vote that comes after that is no. */
    private static boolean expires(Open branch) {
        branch.lock.lock();
        try {
            boolean isOpen = branch.state != State.ORDERED && branch.state != State.EXPIRED;
            if (isOpen) {
                branch.state = State.EXPIRED;
                branch.cancelExpiry.run();
            }
            return isOpen;
        } finally {
            branch.lock.unlock();
        }
    }

    private void expire(Travelling travelling, Open branch) {
        if (!expires(branch)) {
            return;
        }
        LOG.warn(
                "{} ({}) is aborted at \"{}\": its coordinator at {} has ordered nothing for {}",
                travelling.name(),
                travelling.id(),
                participant.name(),
                travelling.coordinator(),
                workTimeout);
        boolean unusedNews = knowledge.take(travelling.id(), new ParticipantStep.Refuse());
        clearing.abort(travelling.id());
        // Remembered for a while: whoever asks must hear that it was aborted, and not that nobody knows.
        Runnable unused = clearing.after(workTimeout, () -> remove(travelling.id(), branch));
    }

    /** It was aborted before any order, since another participant is in doubt about the transaction. */
    void refused(TransactionId id) {
        Optional<Open> known = Optional.ofNullable(branches.get(id));
        known.filter(OpenBranches::expires).ifPresent(branch -> {
            Runnable unused = clearing.after(workTimeout, () -> remove(id, branch));
        });
    }

    private boolean remove(TransactionId id, Open branch) {
        boolean isRemoved = branches.remove(id, branch);
        if (isRemoved) {
            limit.leave(branch.client);
        }
        return isRemoved;
    }

    int count() {
        return branches.size();
    }

    /** @throws StatusException RESOURCE_EXHAUSTED if this call's caller may open no more */
    void requireRoom(Travelling travelling) throws StatusException {
        if (!branches.containsKey(travelling.id())) {
            limit.requireRoom(travelling.caller());
        }
    }

    /** Aborts all that no coordinator has ordered anything for: nobody would do so any more. */
    void close() {
        branches.forEach((id, branch) -> {
            if (expires(branch)) {
                boolean unusedNews = knowledge.take(id, new ParticipantStep.Refuse());
                clearing.abort(id);
            }
        });
    }
}
