package dev.avow.engine;

import dev.avow.protocol.Ending;
import java.util.List;
import java.util.Optional;

/**
 * How a transaction ended. Immutable; one of four types, so that none is overlooked: a switch or an {@code instanceof}
 * shows which.
 */
public sealed interface Outcome {
    TransactionId id();

    /** The user's own name for the transaction. */
    String name();

    /** Every participant's part, in the order of enlistment. */
    List<BranchOutcome> branches();

    /**
     * Committed everywhere, or will be: the decision is durable, and recovery tells it to whoever {@link #beingTold}
     * names until it is done.
     */
    record Committed(TransactionId id, String name, List<BranchOutcome> branches) implements Outcome {
        public Committed {
            branches = List.copyOf(branches);
        }

        /** The participants that haven't confirmed yet. */
        public List<String> beingTold() {
            return branches.stream()
                    .filter(branch -> branch.ending() == BranchEnding.BEING_TOLD)
                    .map(BranchOutcome::participant)
                    .toList();
        }
    }

    /**
     * Aborted everywhere, or will be: nothing of it will ever be seen.
     *
     * @param why the kind of reason
     * @param reason who or what was against it, in words
     * @param cause the exception behind the reason, if there is one
     */
    record Aborted(
            TransactionId id,
            String name,
            List<BranchOutcome> branches,
            AbortCause why,
            String reason,
            Optional<Exception> cause)
            implements Outcome {
        public Aborted {
            branches = List.copyOf(branches);
        }
    }

    /**
     * The caller must not assume either. If the log failed or refused the decision, {@link Avow#outcomeOf(TransactionId)}
     * tells after the coordinator's next start; if the only participant gave no answer, that one alone can tell.
     */
    record InDoubt(
            TransactionId id, String name, List<BranchOutcome> branches, String reason, Optional<Exception> cause)
            implements Outcome {
        public InDoubt {
            branches = List.copyOf(branches);
        }
    }

    /**
     * A participant settled its part on its own, otherwise than decided: the parts don't agree, and a person must see to
     * it. It stays in the log until then. (HeuristicReported)
     *
     * @param decision what the coordinator decided; unknown if it had left that to the only participant
     */
    record Heuristic(TransactionId id, String name, List<BranchOutcome> branches, Ending decision) implements Outcome {
        public Heuristic {
            branches = List.copyOf(branches);
        }
    }

    /**
     * This outcome, if it is a commit.
     *
     * @throws NotCommittedException otherwise; it holds this outcome
     */
    default Committed requireCommitted() {
        if (this instanceof Committed committed) {
            return committed;
        }
        throw new NotCommittedException(this);
    }
}
