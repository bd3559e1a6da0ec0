package dev.avow.engine.run;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.Participant;
import dev.avow.engine.Pending;
import dev.avow.engine.Pending.Task;
import dev.avow.engine.Resolution;
import dev.avow.engine.TransactionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at one participant for branches in doubt, again and again, one look at a time: a participant that hangs holds one
 * thread.
 *
 * <p>A branch is aborted by presumption only if this coordinator began it, in this incarnation or an earlier one, isn't
 * deciding it now, holds no record of it, and has lost none: then no one else can decide it any more.
 * (AnswerOnlyDecided, Fenced)
 */
final class Inspection {
    private static final Logger LOG = LoggerFactory.getLogger(Inspection.class);

    private final Participant participant;
    private final Engine engine;
    private final Looks looks;
    private final ByHand byHand;
    private final Doubts doubts = new Doubts();
    /** Aborts that have had no answer yet. Touched only by the look under way. */
    private final Map<TransactionId, Telling> presumptions = new HashMap<>();

    /** What the last call for a commit that a person has ended met. Touched only by the look under way. */
    private Optional<Exception> untold = Optional.empty();

    /** Whether it was logged that the list holds a null: once is enough. */
    private boolean nullTold;

    /** Guarded by this, like all below. */
    private boolean underWay;

    private boolean wanted;
    private int failures;
    /** Which of the planned looks is the newest: the others have been overtaken. */
    private int plan;

    Inspection(Participant participant, Engine engine, Looks looks) {
        this.participant = participant;
        this.engine = engine;
        this.looks = looks;
        this.byHand = new ByHand(engine);
    }

    /** Looks now, or once more if a look is under way: that one may have missed what the caller knows of. */
    synchronized void begin() {
        wanted = true;
        if (!underWay) {
            underWay = true;
            engine.workers().apart(this::look);
        }
    }

    private void look() {
        synchronized (this) {
            // Before the time is read: whoever wants a look after that gets one more.
            wanted = false;
        }
        doubts.begun(engine.nanoTime());
        long beganAt = looks.now();
        try {
            settleOrphans();
            engine.reachability().succeeded(participant, this);
            doubts.lookEnded();
            ended(true);
            looks.ended(participant.name(), beganAt);
        } catch (Exception | Error failure) {
            // Whatever it throws is the participant's affair, and no reason not to ask again. (Termination)
            engine.reachability().failed(participant, this, "telling its branches in doubt", failure);
            doubts.lookFailed(failure, engine.nanoTime());
            ended(false);
        }
    }

    private synchronized void ended(boolean well) {
        failures = well ? 0 : failures + 1;
        underWay = false;
        if (wanted) {
            begin();
        } else {
            int planned = ++plan;
            doubts.planned(engine.laterInspection(failures, () -> beginIfNewest(planned)));
        }
    }

    private synchronized void beginIfNewest(int planned) {
        if (planned == plan) {
            begin();
        }
    }

    private void settleOrphans() throws Exception {
        presumptions.values().removeIf(Telling::isAnswered);
        untold = Optional.empty();
        List<TransactionId> orphans = orphans();
        Optional<Exception> failure = untold;
        for (TransactionId orphan : orphans) {
            Optional<Exception> here = presumeAbort(orphan);
            here.ifPresentOrElse(
                    words -> doubts.branchFailed(Task.ABORT, orphan, engine.nameOf(orphan), words, engine.nanoTime()),
                    () -> doubts.branchSettled(orphan));
            failure = failure.or(() -> here);
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private List<TransactionId> orphans() throws Exception {
        // The list comes first: what it shows and isn't undecided afterwards has been decided before.
        Set<TransactionId> listed = inDoubt();
        // What this run never began is looked for among the ids that it has given out by now, thus after the list.
        engine.lineage().review(participant, listed);
        doubts.retain(listed);
        List<TransactionId> suspects = new ArrayList<>();
        for (TransactionId id : listed) {
            if (!engine.undecided().contains(id) && engine.hasAuthorityOver(id) && !isToldByHand(id)) {
                suspects.add(id);
            }
        }
        if (suspects.isEmpty()) {
            return suspects;
        }
        // What has a record is being told, or waits for a participant that is missing.
        Set<TransactionId> recorded =
                engine.log().unfinished().stream().map(CommitRecord::id).collect(Collectors.toSet());
        List<TransactionId> unrecorded = suspects.stream()
                .filter(id -> !recorded.contains(id) || byHand.isGivenUp(id, participant.name()))
                .toList();
        if (unrecorded.isEmpty()) {
            return unrecorded;
        }
        // Asked once more: since the first list it may have committed, said so, and been forgotten.
        Set<TransactionId> still = inDoubt();
        return unrecorded.stream().filter(still::contains).toList();
    }

    /** Whether a person has ended its commit in the participant's place; it hears of it then, rather than of an abort. */
    private boolean isToldByHand(TransactionId id) {
        Optional<Resolution> commit = byHand.commitOf(id, participant.name()).filter(resolution -> !isStillTold(id));
        commit.ifPresent(resolution -> {
            try {
                byHand.tell(participant, resolution);
                doubts.branchSettled(id);
            } catch (Exception failure) {
                doubts.branchFailed(Task.COMMIT, id, resolution.name(), failure, engine.nanoTime());
                untold = Optional.of(failure);
            }
        });
        return commit.isPresent();
    }

    /** A part that nobody has resolved is the telling's, whatever was resolved of the others: it mustn't be called twice. */
    private boolean isStillTold(TransactionId id) {
        return engine.log().unfinished().stream()
                .anyMatch(record ->
                        record.id().equals(id) && record.participants().contains(participant.name()));
    }

    boolean isOf(String name) {
        return participant.name().equals(name);
    }

    List<Pending> pending(long nowNanos) {
        return doubts.pending(participant.name(), nowNanos);
    }

    /** In the participant's order; without what is no id. */
    private Set<TransactionId> inDoubt() throws Exception {
        Collection<TransactionId> listed = participant.inDoubt();
        if (listed == null) {
            throw new IllegalStateException(
                    "\"" + participant.name() + "\" lists null as its branches in doubt: give an empty list for none");
        }
        Set<TransactionId> ids = new LinkedHashSet<>(listed);
        if (ids.remove(null) && !nullTold) {
            nullTold = true;
            LOG.warn("\"{}\" lists a null among its branches in doubt: leave it out", participant.name());
        }
        return ids;
    }

    /** Gives the presumption; empty if the participant has followed it. */
    private Optional<Exception> presumeAbort(TransactionId id) {
        if (presumptions.containsKey(id)) {
            return silence(id);
        }
        Telling presumption = Remembering.presumed(id, engine.nameOf(id), new Branch(0, participant), engine);
        presumption.answer();
        // Only now: one that couldn't be given is tried again, not waited for.
        presumptions.put(id, presumption);
        Told told = presumption.awaitAnswers(engine.options().tellTimeout());
        if (!told.isAnswered()) {
            return silence(id);
        }
        presumptions.remove(id);
        if (!told.isFollowed()) {
            return told.branches().get(0).failure();
        }
        if (!told.isContradicted()) {
            LOG.info("{} at \"{}\" had no commit record: aborted", id, participant.name());
        }
        return Optional.empty();
    }

    private Optional<Exception> silence(TransactionId id) {
        return Optional.of(
                new IllegalStateException("\"" + participant.name() + "\" hasn't answered yet to the abort of " + id));
    }
}
