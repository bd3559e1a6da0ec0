package dev.avow.engine.participant;

import dev.avow.engine.LogClosedException;
import dev.avow.engine.LogException;
import dev.avow.engine.LogFailedException;
import dev.avow.engine.LogFullException;
import dev.avow.engine.LogOptions;
import dev.avow.engine.Resolution;
import dev.avow.engine.TransactionId;
import dev.avow.engine.log.LogFiles;
import dev.avow.engine.log.LogKind;
import dev.avow.engine.log.RecordLog;
import dev.avow.protocol.DiskRecord;
import dev.avow.protocol.Effect;
import dev.avow.protocol.Message;
import dev.avow.protocol.Participant;
import dev.avow.protocol.ParticipantStep;
import dev.avow.protocol.Transition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The branches of one participant, its log, and how the ones take steps by the other: a step's effects are carried out in
 * their order, and only then is the branch in its new state. Where an effect fails, the branch stays where it was.
 *
 * <p>A full log refuses the record, and goes on. After any other failure of it nobody knows what is durable, so every
 * call is refused until the next opening has found out.
 *
 * <p>Each branch takes its steps under its own lock, held also while its record is forced. Nothing that the log does
 * takes a branch's lock.
 */
final class Branches implements AutoCloseable {

    interface Taking<T, E extends Exception> {
        T at(Branch branch) throws E;
    }

    private final String name;
    private final Resource resource;
    private final RecordLog log;
    private final BranchObserver observer;
    private final Map<TransactionId, Branch> branches = new ConcurrentHashMap<>();
    private volatile Optional<Supplier<LogException>> refusal = Optional.empty();

    Branches(
            Path directory,
            LogOptions options,
            String name,
            Resource resource,
            LogFiles files,
            BranchObserver observer) {
        this.name = name;
        this.resource = resource;
        this.observer = observer;
        DurableState durable = new DurableState(resource);
        this.log = RecordLog.open(directory, LogKind.PARTICIPANT, options, durable, files);
        try {
            recover(log.read(durable::prepared), log.read(durable::alone));
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private void recover(Map<TransactionId, byte[]> prepared, Map<TransactionId, DiskRecord> alone) {
        prepared.forEach((id, work) -> {
            resource.hold(id, work);
            branches.put(id, Branch.recovered(id, DiskRecord.PREPARED));
        });
        alone.forEach((id, decided) -> branches.put(id, Branch.recovered(id, decided)));
    }

    /** The ids of all branches in which this step is allowed, in their order. */
    List<TransactionId> allowing(ParticipantStep step) {
        requireRunning();
        return branches.values().stream()
                .filter(branch -> branch.allows(step))
                .map(branch -> branch.id)
                .sorted()
                .toList();
    }

    <T> T read(Supplier<T> reading) {
        requireRunning();
        return log.read(reading);
    }

    /**
     * The branch in which this transaction works, a new one if there is none yet. A new one stays only if its enlistment
     * succeeds.
     */
    Branch enlist(TransactionId id, Runnable enlistment) {
        requireRunning();
        Branch fresh = Branch.working(id);
        // Here before it is enlisted: an abort that comes right after would pass by, and its locks stay for ever.
        Branch known = branches.putIfAbsent(id, fresh);
        boolean stays = known != null;
        try {
            enlistment.run();
            stays = true;
        } finally {
            if (!stays) {
                drop(fresh);
            }
        }
        return known == null ? fresh : known;
    }

    private void drop(Branch fresh) {
        fresh.lock.lock();
        try {
            if (fresh.allows(new ParticipantStep.Refuse())) {
                take(fresh, new ParticipantStep.Refuse());
            }
        } finally {
            fresh.lock.unlock();
        }
    }

    <T, E extends Exception> T at(TransactionId id, Taking<T, E> taking) throws E {
        Branch known = branches.get(id);
        // No memory of it: it has ended, or its work went with a crash. (UnknownVotesNo)
        return at(known == null ? Branch.recovered(id, DiskRecord.NOTHING) : known, taking);
    }

    <T, E extends Exception> T at(Branch branch, Taking<T, E> taking) throws E {
        branch.lock.lock();
        try {
            requireRunning();
            return taking.at(branch);
        } finally {
            branch.lock.unlock();
        }
    }

    /** Writes why a person has the branch decided alone; it is durable with the record of that decision, which follows. */
    void note(Resolution resolution) {
        log.appendUnforced(ParticipantRecords.resolved(resolution));
    }

    Optional<Message> take(Branch branch, ParticipantStep step) {
        return take(branch, step, Optional.empty());
    }

    /**
     * Takes one step, under the branch's lock.
     *
     * @param work what the log doesn't hold of it yet, for a step that writes it
     * @return what it sends: here every message is the answer to a call
     */
    Optional<Message> take(Branch branch, ParticipantStep step, Optional<byte[]> work) {
        Transition<Participant> transition = branch.step(step);
        Optional<Message> answer = Optional.empty();
        for (Effect effect : transition.effects()) {
            if (effect instanceof Effect.Send send) {
                answer = Optional.of(send.message());
            } else {
                write(branch.id, effect, work);
            }
        }
        boolean heldWork = branch.holdsWork();
        branch.enter(transition.next());
        observer.stepped(branch.id, step, branch.state());
        if (heldWork && !branch.holdsWork()) {
            resource.release(branch.id);
        }
        if (branch.isOver()) {
            branches.remove(branch.id, branch);
        }
        return answer;
    }

    private void write(TransactionId id, Effect effect, Optional<byte[]> work) {
        try {
            if (effect instanceof Effect.ForceRecord force) {
                log.append(ParticipantRecords.of(id, force.disk(), work));
            } else if (effect instanceof Effect.AppendRecord append) {
                log.appendUnforced(ParticipantRecords.of(id, append.disk(), work));
            } else {
                throw new IllegalStateException(effect + " isn't a participant's to carry out");
            }
        } catch (LogFullException | LogClosedException e) {
            throw e;
        } catch (LogException e) {
            refusal = Optional.of(() -> new LogFailedException(
                    "participant \"" + name + "\" refuses everything since its log has stopped: close it and open it"
                            + " again, which finds out what is durable. The log said: " + e.getMessage(),
                    e));
            throw e;
        }
    }

    boolean isRunning() {
        return refusal.isEmpty();
    }

    private void requireRunning() {
        Optional<Supplier<LogException>> why = refusal;
        if (why.isPresent()) {
            throw why.get().get();
        }
    }

    @Override
    public void close() {
        refusal = Optional.of(
                () -> new LogClosedException("participant \"" + name + "\" is closed: open it again to use it"));
        log.close();
    }
}
