package dev.avow.engine.run;

import dev.avow.engine.BranchEnding;
import dev.avow.engine.HeuristicException;
import dev.avow.engine.Participant;
import dev.avow.engine.RememberedOutcome.Ending;
import dev.avow.engine.Resolution;
import dev.avow.engine.TransactionId;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits that a person has ended in a participant's place. Should that one come back and still be in doubt, the
 * presumption would abort it against the decision: it hears the commit instead. (Agreement)
 */
final class ByHand {
    private static final Logger LOG = LoggerFactory.getLogger(ByHand.class);

    private final Engine engine;

    ByHand(Engine engine) {
        this.engine = engine;
    }

    /** What makes this participant commit, if anything does. */
    Optional<Resolution> commitOf(TransactionId id, String participant) {
        List<Resolution> all = of(id);
        // Nobody resolves a commit that wasn't decided, unless by force: it holds also where a participant was renamed.
        return newest(all, participant)
                .or(() ->
                        all.stream().filter(resolution -> !resolution.forced()).findFirst())
                .filter(resolution -> resolution.decision() == Ending.COMMITTED);
    }

    /** Whether a person has given its commit up: it may hear the presumption while others are still told. */
    boolean isGivenUp(TransactionId id, String participant) {
        return newest(of(id), participant)
                .filter(resolution -> resolution.decision() == Ending.ABORTED)
                .isPresent();
    }

    private List<Resolution> of(TransactionId id) {
        return engine.log().resolutions().stream()
                .filter(resolution -> resolution.id().equals(id))
                .toList();
    }

    private static Optional<Resolution> newest(List<Resolution> all, String participant) {
        return all.stream()
                .filter(resolution -> resolution.participant().equals(participant))
                .reduce((older, newer) -> newer);
    }

    /** Tells it the commit, in this thread: like the list that named it, this may hang and holds up nobody else. */
    void tell(Participant participant, Resolution resolution) throws Exception {
        TransactionId id = resolution.id();
        try {
            participant.commit(id);
            LOG.warn(
                    "\"{}\" came back in doubt about {} ({}), which {} had resolved as committed: it has committed it now",
                    participant.name(),
                    resolution.name(),
                    id,
                    resolution.who());
        } catch (HeuristicException settled) {
            if (settled.ending() != BranchEnding.HEURISTIC_COMMITTED) {
                // Durable before the participant may drop its evidence. (HeuristicReported)
                engine.log()
                        .appendHeuristic(Decision.COMMIT.contradictedBy(
                                settled.ending(), participant.name(), id, resolution.name()));
            }
            participant.forget(id);
        }
    }
}
