package dev.avow.engine.run;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what is unfinished and has it finished: commits that an earlier incarnation recorded, and participants in doubt of
 * which no record speaks. Each participant is looked at on its own, so a sick one delays no other.
 *
 * <p>A branch is aborted by presumption only if this coordinator began it, in this incarnation or an earlier one, isn't
 * deciding it now, and holds no record of it: then no one else can decide it any more. (AnswerOnlyDecided, Fenced)
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Engine engine;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition inspected = lock.newCondition();
    /** How often each participant has been inspected to the end, by name. Guarded by lock. */
    private final Map<String, Long> inspections = new HashMap<>();

    Recovery(Engine engine) {
        this.engine = engine;
    }

    void start() {
        engine.log().unfinished().forEach(this::resume);
        engine.participants().forEach(participant -> engine.workers().background(() -> inspect(participant, 1)));
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

    /** Looks for branches in doubt at one participant, and again after a pause, for ever. (Termination) */
    private void inspect(Participant participant, int failures) {
        int failuresNow = failures;
        try {
            lookAt(participant);
            engine.reachable(participant);
            failuresNow = 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            engine.unreachable(participant, failure);
            failuresNow = failures + 1;
        }
        int next = failuresNow;
        engine.laterInspection(next, () -> inspect(participant, next));
    }

    private void lookAt(Participant participant) throws Exception {
        // The list comes first: what it shows and isn't running afterwards has been decided before.
        Collection<TransactionId> inDoubt = participant.inDoubt();
        for (TransactionId id : inDoubt) {
            if (engine.hasAuthorityOver(id) && !engine.isRunning(id)) {
                settle(id, participant);
            }
        }
        lock.lock();
        try {
            inspections.merge(participant.name(), 1L, Long::sum);
            inspected.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void settle(TransactionId id, Participant participant) throws Exception {
        boolean recorded = engine.log().unfinished().stream()
                .anyMatch(record -> record.id().equals(id));
        if (recorded) {
            // Its telling is under way, or waits for a participant that is missing.
            return;
        }
        Telling presumption = Telling.presumed(id, id.toString(), new Branch(0, participant), engine);
        LOG.info("{} at \"{}\" has no commit record: aborted", id, participant.name());
        presumption.answer();
        presumption.awaitAnswers(engine.options().tellTimeout());
    }

    /** Inspects everyone now, and waits until that is done and nothing is left to be told. */
    boolean await(Duration timeout) throws InterruptedException {
        long deadlineNanos = engine.nanoTime() + timeout.toNanos();
        Map<String, Long> before;
        lock.lock();
        try {
            before = new HashMap<>(inspections);
        } finally {
            lock.unlock();
        }
        engine.participants().forEach(participant -> engine.workers().background(() -> inspectOnce(participant)));
        return awaitInspections(before, deadlineNanos) && engine.awaitTold(deadlineNanos);
    }

    private void inspectOnce(Participant participant) {
        try {
            lookAt(participant);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            engine.unreachable(participant, failure);
        }
    }

    private boolean awaitInspections(Map<String, Long> before, long deadlineNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = deadlineNanos - engine.nanoTime();
            while (!allInspectedSince(before) && left > 0) {
                left = inspected.awaitNanos(left);
            }
            return allInspectedSince(before);
        } finally {
            lock.unlock();
        }
    }

    private boolean allInspectedSince(Map<String, Long> before) {
        return engine.participants().stream()
                .map(Participant::name)
                .allMatch(name -> inspections.getOrDefault(name, 0L) > before.getOrDefault(name, 0L));
    }
}
