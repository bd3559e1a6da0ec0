package dev.avow.engine;

import java.util.stream.Collectors;

/** The caller required a commit, and the transaction ended otherwise. */
public final class NotCommittedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    NotCommittedException(Outcome outcome) {
        super(describe(outcome));
        this.outcome = outcome;
        outcome.branches().forEach(branch -> branch.failure().ifPresent(this::addSuppressed));
    }

    public Outcome outcome() {
        return outcome;
    }

    private static String describe(Outcome outcome) {
        String branches =
                outcome.branches().stream().map(BranchOutcome::toString).collect(Collectors.joining("; "));
        return outcome.name() + " (" + outcome.id() + ") wasn't committed: "
                + outcome.getClass().getSimpleName() + ", " + branches;
    }
}
