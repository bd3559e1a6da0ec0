package dev.avow.jta;

import dev.avow.engine.BranchEnding;
import dev.avow.engine.BranchOutcome;
import dev.avow.engine.Outcome;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.util.List;
import java.util.stream.Collectors;

/** Outcomes in the standard's exceptions: every branch's ending in the message, what branches failed with suppressed. */
final class Failures {
    private Failures() {}

    static SystemException system(String message, Throwable cause) {
        SystemException failure = new SystemException(message);
        failure.initCause(cause);
        return failure;
    }

    static RollbackException rolledBack(String message, Throwable cause) {
        RollbackException failure = new RollbackException(message);
        failure.initCause(cause);
        return failure;
    }

    /** What a commit has to throw, if it has to. Jakarta Transactions 2.0, TransactionManager.commit. */
    static void throwUnlessCommitted(Outcome outcome)
            throws RollbackException, HeuristicMixedException, HeuristicRollbackException, SystemException {
        if (outcome instanceof Outcome.Committed) {
            return;
        }
        if (outcome instanceof Outcome.Aborted aborted
                && outcome.branches().stream().noneMatch(Failures::isRolledBackAlone)) {
            RollbackException failure = new RollbackException(said(outcome) + " was rolled back: " + aborted.reason());
            aborted.cause().ifPresent(failure::initCause);
            throw withCauses(failure, outcome);
        }
        if (outcome instanceof Outcome.InDoubt inDoubt) {
            SystemException failure = new SystemException(said(outcome) + " is in doubt, " + inDoubt.reason()
                    + "; assume neither: Avow.outcomeOf tells after the next start" + branches(outcome));
            inDoubt.cause().ifPresent(failure::initCause);
            throw withCauses(failure, outcome);
        }
        if (isRolledBack(outcome)) {
            throw withCauses(
                    new HeuristicRollbackException(
                            said(outcome) + " was rolled back by its resources alone" + branches(outcome)),
                    outcome);
        }
        throw withCauses(
                new HeuristicMixedException(
                        said(outcome) + " has a mixed outcome; a person must settle it" + branches(outcome)),
                outcome);
    }

    /** A rollback may report no more than this: the standard has no other exception there. */
    static void throwIfNotRolledBack(Outcome outcome) throws SystemException {
        if (outcome instanceof Outcome.Heuristic) {
            throw withCauses(
                    new SystemException(said(outcome) + " has a mixed outcome: it was to be rolled back, and a resource"
                            + " decided otherwise; a person must settle it" + branches(outcome)),
                    outcome);
        }
        if (outcome instanceof Outcome.InDoubt inDoubt) {
            throw withCauses(
                    new SystemException(said(outcome) + " is in doubt, " + inDoubt.reason() + branches(outcome)),
                    outcome);
        }
    }

    /** Whether no branch of it was committed, whatever was decided. */
    static boolean isRolledBack(Outcome outcome) {
        return outcome.branches().stream().allMatch(Failures::isRolledBack);
    }

    /** Of one resource in one phase: that contradicts nobody, and is yet a heuristic decision. */
    private static boolean isRolledBackAlone(BranchOutcome branch) {
        return branch.ending() == BranchEnding.HEURISTIC_ABORTED;
    }

    private static boolean isRolledBack(BranchOutcome branch) {
        return switch (branch.ending()) {
            case ABORTED, HEURISTIC_ABORTED, READ_ONLY -> true;
            case COMMITTED, BEING_TOLD, UNKNOWN, HEURISTIC_COMMITTED, HEURISTIC_MIXED, HEURISTIC_HAZARD -> false;
        };
    }

    private static String said(Outcome outcome) {
        return outcome.name() + " (" + outcome.id() + ")";
    }

    private static String branches(Outcome outcome) {
        List<BranchOutcome> all = outcome.branches();
        return all.isEmpty()
                ? ""
                : ": " + all.stream().map(BranchOutcome::toString).collect(Collectors.joining("; "));
    }

    private static <T extends Exception> T withCauses(T failure, Outcome outcome) {
        outcome.branches()
                .forEach(branch -> branch.failure()
                        .filter(cause -> cause != failure.getCause())
                        .ifPresent(failure::addSuppressed));
        return failure;
    }
}
