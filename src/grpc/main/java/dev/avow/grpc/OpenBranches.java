package dev.avow.grpc;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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
    private final ScheduledExecutorService timer;
    private final Map<TransactionId, Open> branches = new ConcurrentHashMap<>();

    OpenBranches(
            Participant participant, Coordinators coordinators, Duration workTimeout, ScheduledExecutorService timer) {
        this.participant = participant;
        this.coordinators = coordinators;
        this.workTimeout = workTimeout;
        this.timer = timer;
    }

    /** OPEN → ENLISTED → ORDERED | EXPIRED; OPEN → EXPIRED. */
    private enum State {
        OPEN,
        ENLISTED,
        /** The coordinator has told its first order: only that one ends it now. (NoRegret) */
        ORDERED,
        EXPIRED
    }

    private static final class Open {
        final ReentrantLock lock = new ReentrantLock();
        final long number = ThreadLocalRandom.current().nextLong();
        /** Guarded by lock. */
        State state = State.OPEN;
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
        Open branch = branches.computeIfAbsent(travelling.id(), id -> new Open());
        branch.lock.lock();
        try {
            switch (branch.state) {
                case OPEN -> enlist(travelling, branch);
                case ENLISTED -> {}
                case ORDERED, EXPIRED -> throw ended(travelling);
            }
        } finally {
            branch.lock.unlock();
        }
    }

    private void enlist(Travelling travelling, Open branch) {
        boolean enlisted = false;
        try {
            coordinators.enlist(travelling, participant.name(), branch.number);
            branch.state = State.ENLISTED;
            var unused = timer.schedule(() -> expire(travelling, branch), workTimeout.toNanos(), TimeUnit.NANOSECONDS);
            enlisted = true;
        } finally {
            if (!enlisted) {
                // Nothing was done yet. Should the coordinator count on it all the same, it will hear a no.
                // (UnknownVotesNo)
                branch.state = State.EXPIRED;
                branches.remove(travelling.id(), branch);
            }
        }
    }

    private IllegalStateException ended(Travelling travelling) {
        return new IllegalStateException("\"" + participant.name() + "\" works for " + travelling.name() + " ("
                + travelling.id() + ") no more: it is being ended, or was aborted after " + workTimeout);
    }

    /** The coordinator orders something: from now on the branch is its alone. Waits for an expiry that is under way. */
    void ordered(TransactionId id) {
        Optional.ofNullable(branches.get(id)).ifPresent(branch -> {
            branch.lock.lock();
            try {
                if (branch.state != State.EXPIRED) {
                    branch.state = State.ORDERED;
                }
            } finally {
                branch.lock.unlock();
            }
            branches.remove(id, branch);
        });
    }

    private void expire(Travelling travelling, Open branch) {
        branch.lock.lock();
        try {
            if (branch.state != State.ENLISTED) {
                return;
            }
            branch.state = State.EXPIRED;
            LOG.warn(
                    "{} ({}) is aborted at \"{}\": its coordinator at {} has ordered nothing for {}",
                    travelling.name(),
                    travelling.id(),
                    participant.name(),
                    travelling.coordinator(),
                    workTimeout);
            participant.abort(travelling.id());
        } catch (Exception failure) {
            LOG.warn(
                    "Aborting {} ({}) at \"{}\" failed; what isn't prepared there is the participant's to clear away",
                    travelling.name(),
                    travelling.id(),
                    participant.name(),
                    failure);
        } finally {
            branch.lock.unlock();
            branches.remove(travelling.id(), branch);
        }
    }

    /** How many there are now. */
    int count() {
        return branches.size();
    }
}
