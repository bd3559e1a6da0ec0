package dev.avow.engine.run;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.Participant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds what is unfinished and has it finished: commits that an earlier incarnation recorded, and participants in doubt of
 * which no record speaks. Each participant is looked at on its own, so a sick one delays no other. (Termination)
 */
final class Recovery {
    private final Engine engine;
    private final List<Inspection> inspections;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition looked = lock.newCondition();
    /** Counts the calls of {@link #await}. Guarded by lock, like all below. */
    private long now;
    /** When the newest look that went to its end began, by the participant's name. */
    private final Map<String, Long> looks = new HashMap<>();

    Recovery(Engine engine) {
        this.engine = engine;
        this.inspections = engine.participants().stream()
                .map(participant -> new Inspection(participant, engine, this))
                .toList();
    }

    void start() {
        engine.log().unfinished().forEach(this::resume);
        inspections.forEach(Inspection::begin);
    }

    private void resume(CommitRecord record) {
        List<Branch> branches = new ArrayList<>();
        for (String name : record.participants()) {
            Participant participant = engine.participant(name).orElseGet(() -> new MissingParticipant(name));
            branches.add(new Branch(branches.size(), participant));
        }
        Telling telling = Telling.recovered(record.id(), record.name(), branches, engine);
        engine.telling(telling);
        engine.workers().background(telling::sendCommit);
    }

    /** Has everyone looked at now, and waits until that is done and nothing is left to be told. */
    boolean await(Duration timeout) throws InterruptedException {
        long deadlineNanos = engine.deadlineNanos(timeout);
        long called;
        lock.lock();
        try {
            called = ++now;
        } finally {
            lock.unlock();
        }
        inspections.forEach(Inspection::begin);
        return awaitLooks(called, deadlineNanos) && engine.awaitTold(deadlineNanos);
    }

    /** The time by which looks and the calls that wait for them are ordered. */
    long now() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    void looked(Participant participant, long beganAt) {
        lock.lock();
        try {
            looks.put(participant.name(), beganAt);
            looked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitLooks(long called, long deadlineNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = deadlineNanos - engine.nanoTime();
            while (!allLookedAtSince(called) && left > 0) {
                left = looked.awaitNanos(left);
            }
            return allLookedAtSince(called);
        } finally {
            lock.unlock();
        }
    }

    private boolean allLookedAtSince(long called) {
        return inspections.stream()
                .map(Inspection::participant)
                .allMatch(participant -> looks.getOrDefault(participant.name(), -1L) >= called);
    }
}
