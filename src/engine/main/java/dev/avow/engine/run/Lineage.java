package dev.avow.engine.run;

import dev.avow.engine.DecisionLog;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogException;
import dev.avow.engine.LogRefusedException;
import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the log can speak of the branches that a participant holds in doubt. No record means abort only in a log that
 * has lost none. (PresumedAbort)
 *
 * <p>A branch of this incarnation that it never began, or of a later one, shows that the log has lost some: it was restored
 * from an older copy. Its next openings couldn't tell any more, since their incarnations are later than the branch's.
 * So the first to notice writes it down, as a hazard for a person to settle, and from then on nobody presumes anything
 * about that incarnation and those before it.
 */
final class Lineage {
    private static final Logger LOG = LoggerFactory.getLogger(Lineage.class);
    /** What the coordinator had decided, in such a record. */
    private static final String UNKNOWN = "unknown";

    /** A coordinator whose log isn't here, and where it has left something. */
    private record Stranger(String participant, long coordinator) {}

    private final Engine engine;
    private final DecisionLog log;
    private final Set<Stranger> told = ConcurrentHashMap.newKeySet();
    /** The last incarnation of which the log may have lost records; none if 0. */
    private final int lostUpTo;

    Lineage(Engine engine, DecisionLog log) {
        this.engine = engine;
        this.log = log;
        this.lostUpTo = log.heuristics().stream()
                .filter(record -> record.decision().equals(UNKNOWN))
                .mapToInt(record -> record.id().incarnation())
                .max()
                .orElse(0);
        if (lostUpTo > 0) {
            LOG.warn(
                    "The coordinator's log was restored from an old copy: branches in doubt of incarnations up to {} are"
                            + " left to a person",
                    lostUpTo);
        }
    }

    /** Whether no record of the transaction means that none was ever made. */
    boolean hasLostNothingOf(TransactionId id) {
        return id.incarnation() > lostUpTo;
    }

    /** Looks at what a participant has listed; to be called before anything is presumed about it. */
    void review(Participant participant, Collection<TransactionId> listed) {
        listed.stream()
                .filter(id -> id.coordinator() != log.coordinator())
                .filter(id -> told.add(new Stranger(participant.name(), id.coordinator())))
                .forEach(id -> LOG.warn(
                        "\"{}\" holds {} in doubt, of another coordinator, {}, whose log isn't here: nothing is decided"
                                + " about its branches. Open that log, or settle them by hand",
                        participant.name(),
                        id,
                        id.coordinatorText()));
        List<TransactionId> lost = listed.stream().filter(this::isUnknown).toList();
        if (!lost.isEmpty() && engine.stopped().isEmpty()) {
            stop(participant, lost);
        }
    }

    /** Whether it is this coordinator's, and the log doesn't reach as far. */
    private boolean isUnknown(TransactionId id) {
        return id.coordinator() == log.coordinator()
                && (id.incarnation() > log.incarnation()
                        || (id.incarnation() == log.incarnation() && !engine.hasBegun(id)));
    }

    private void stop(Participant participant, List<TransactionId> lost) {
        try {
            for (TransactionId id : lost) {
                // A log that a later incarnation has opened refuses this. (Fenced)
                log.appendHeuristic(new HeuristicRecord(id, id.toString(), participant.name(), "hazard", UNKNOWN));
            }
            engine.stopDeciding(new LogRefusedException("the coordinator's log is older than branch " + lost.get(0)
                    + " at \"" + participant.name() + "\": incarnation " + log.incarnation() + " never began it. The"
                    + " log was restored from an old copy, or another copy of it is in use. Nothing is decided any"
                    + " more, since ids would repeat: put the newest log back, or settle the branch by hand"));
        } catch (LogException failure) {
            engine.stopDeciding(failure);
        }
    }
}
