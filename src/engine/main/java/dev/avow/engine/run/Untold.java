package dev.avow.engine.run;

import static dev.avow.protocol.CoordinatorState.COMMITTING;

import dev.avow.engine.Pending;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Which participants haven't followed a commit yet, for people: who asks mustn't wait for a log that hangs, either. */
final class Untold {
    private static final long PATIENCE_MILLIS = 100;

    private final Telling telling;
    private final List<Branch> branches;
    private final Protocol protocol;
    private final Repetition repetition;
    private final ReentrantLock lock;
    /** As it was when it was asked for last. */
    private volatile List<Pending> known = List.of();

    /** @param lock the telling's, which guards branches, protocol and repetition */
    Untold(Telling telling, List<Branch> branches, Protocol protocol, Repetition repetition, ReentrantLock lock) {
        this.telling = telling;
        this.branches = branches;
        this.protocol = protocol;
        this.repetition = repetition;
        this.lock = lock;
    }

    List<Pending> pending(long nowNanos) {
        try {
            if (lock.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    known = now(nowNanos);
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return known;
    }

    private List<Pending> now(long nowNanos) {
        return branches.stream()
                .filter(branch -> protocol.state().state() == COMMITTING)
                .filter(branch -> protocol.state().committing().contains(branch.number()))
                .filter(branch -> !protocol.hasAcknowledged(branch))
                .map(branch -> branch.untold(
                        telling.id(), telling.name(), age(nowNanos), telling.isOlder(), next(branch, nowNanos)))
                .toList();
    }

    private Optional<Duration> next(Branch branch, long nowNanos) {
        return branch.isUnderWay()
                ? Optional.empty()
                : repetition.atNanos().map(at -> Duration.ofNanos(Math.max(0, at - nowNanos)));
    }

    private Duration age(long nowNanos) {
        return Duration.ofNanos(nowNanos - telling.beganNanos());
    }
}
