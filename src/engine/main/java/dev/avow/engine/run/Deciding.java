package dev.avow.engine.run;

import dev.avow.engine.AbortCause;
import dev.avow.engine.BranchEnding;
import dev.avow.engine.BranchOutcome;
import dev.avow.engine.CommitRecord;
import dev.avow.engine.HeuristicException;
import dev.avow.engine.LogClosedException;
import dev.avow.engine.LogException;
import dev.avow.engine.LogFailedException;
import dev.avow.engine.LogFullException;
import dev.avow.engine.LogRefusedException;
import dev.avow.engine.Outcome;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.BranchSet;
import dev.avow.protocol.Coordinator;
import dev.avow.protocol.CoordinatorState;
import dev.avow.protocol.CoordinatorStep;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes one transaction from the end of its work to its outcome, in the caller's thread. Used once, by one thread. */
final class Deciding {
    private static final String LOG_FAILED = "the log failed while the commit was being recorded; reopening it tells";

    private final TransactionId id;
    private final String name;
    private final List<Branch> branches;
    private final Engine engine;
    private final Protocol protocol;
    private Optional<Aborting> aborting = Optional.empty();

    Deciding(TransactionId id, String name, List<Branch> branches, Engine engine) {
        this.id = id;
        this.name = name;
        this.branches = branches;
        this.engine = engine;
        this.protocol = new Protocol(id, name, engine.observed(), Coordinator.working(branches.size()));
    }

    /** For anyone, at any time. */
    CoordinatorState state() {
        return protocol.shown();
    }

    /** @param votesWithin how long to wait for the votes */
    Outcome commit(Duration votesWithin) {
        Optional<LogException> stopped = engine.stopped();
        if (stopped.isPresent()) {
            return abort(
                    new Objection(AbortCause.LOG, "the coordinator's log has stopped", Optional.of(stopped.get())));
        }
        if (Thread.currentThread().isInterrupted()) {
            return abort(new Objection(AbortCause.INTERRUPTED, "the thread was interrupted before it asked for votes"));
        }
        return branches.size() == 1 ? commitOnePhase() : commitTwoPhase(votesWithin);
    }

    private Outcome commitTwoPhase(Duration votesWithin) {
        Ballot ballot = new Ballot(id, name, branches, protocol, engine, votesWithin);
        Optional<Objection> objection = ballot.hold();
        if (objection.isPresent()) {
            return abort(objection.get());
        }
        if (protocol.allows(new CoordinatorStep.DecideReadOnly())) {
            protocol.take(new CoordinatorStep.DecideReadOnly(), new Deciders());
            branches.forEach(branch -> branch.ended(BranchEnding.READ_ONLY));
            return new Outcome.Committed(id, name, outcomes());
        }
        return decideCommit();
    }

    private Outcome decideCommit() {
        try {
            protocol.take(new CoordinatorStep.DecideCommit(), new Deciders());
        } catch (LogFullException | LogClosedException | IllegalArgumentException notAppended) {
            return abort(new Objection(
                    AbortCause.LOG,
                    "the commit couldn't be recorded: " + notAppended.getMessage(),
                    Optional.of(notAppended)));
        } catch (LogRefusedException fenced) {
            protocol.take(new CoordinatorStep.Refused(), new Deciders());
            return inDoubt("a later incarnation of the coordinator decides", fenced);
        } catch (LogException unknown) {
            return inDoubt(LOG_FAILED, unknown);
        } catch (RuntimeException | Error defect) {
            return inDoubt(LOG_FAILED, new LogFailedException("the log failed as no log should: " + defect, defect));
        }
        return tellCommit();
    }

    private Outcome tellCommit() {
        for (Branch branch : branches) {
            branch.ended(branch.hasVoted(Vote.READ_ONLY) ? BranchEnding.READ_ONLY : BranchEnding.BEING_TOLD);
        }
        Telling telling = new Telling(id, name, branches, protocol, engine);
        engine.tellings().began(telling);
        telling.sendCommit();
        Told told = telling.awaitAnswers(engine.options().tellTimeout());
        return told.isContradicted()
                ? new Outcome.Heuristic(id, name, told.branches(), Ending.COMMITTED)
                : new Outcome.Committed(id, name, told.branches());
    }

    Outcome abort(Objection objection) {
        beginAbort(objection);
        return awaitAbort();
    }

    /** Sends the abort and waits for nobody. */
    void beginAbort(Objection objection) {
        for (Branch branch : branches) {
            if (!branch.hasVoted(Vote.NO)) {
                branch.ended(BranchEnding.BEING_TOLD);
            }
        }
        Telling telling = new Telling(id, name, branches, protocol, engine);
        aborting = Optional.of(new Aborting(id, name, objection, telling, engine));
    }

    /** Waits for the answers to the abort that has begun. */
    Outcome awaitAbort() {
        return aborting.orElseThrow().await();
    }

    /** Whether a call that recovery's abort mustn't meet has still time, though nobody may await it any more. */
    boolean isUnderWay() {
        for (Branch branch : branches) {
            if (branch.isPreparing()) {
                return true;
            }
        }
        return aborting.filter(Aborting::isUnderWay).isPresent();
    }

    private Outcome inDoubt(String reason, LogException cause) {
        engine.undecided().leave(id, name);
        engine.stopDeciding(cause);
        return new Outcome.InDoubt(id, name, outcomes(), reason, Optional.of(cause));
    }

    private List<BranchOutcome> outcomes() {
        return Branch.outcomes(branches);
    }

    private Outcome commitOnePhase() {
        Branch only = branches.get(0);
        Calls<Ending> calls = new Calls<>(engine, 1);
        try {
            protocol.take(new CoordinatorStep.SendOnePhase(), new Deciders() {
                @Override
                public void onePhase(int number) {
                    calls.make(new Call<>(only, id, name, Ask.ONE_PHASE, engine.observed()));
                    calls.beginOnly();
                }
            });
        } catch (NotStartedException notSent) {
            // The step isn't taken, so the decision is still this coordinator's.
            return abort(
                    new Objection(AbortCause.NO_THREAD, String.valueOf(notSent.getMessage()), Optional.of(notSent)));
        }
        long deadlineNanos = engine.deadlineNanos(engine.options().tellTimeout());
        Optional<Reply<Ending>> reply = calls.next(deadlineNanos);
        calls.overtakeAfter(engine.left(deadlineNanos));
        Optional<Exception> failure = reply.flatMap(Reply::failure);
        failure.ifPresent(only::failed);
        if (failure.isPresent() && failure.get() instanceof HeuristicException heuristic) {
            return onePhaseHeuristic(only, heuristic);
        }
        Optional<Ending> ending = reply.flatMap(Reply::answer);
        if (ending.isEmpty()) {
            protocol.take(new CoordinatorStep.GiveUpOnePhase(), new Deciders());
            return onePhaseOutcome(only, Ending.UNKNOWN, failure);
        }
        protocol.take(
                new CoordinatorStep.ReceiveEnded(0, ending.get()),
                new Deciders(),
                Optional.of(only),
                ending.get().toString());
        return onePhaseOutcome(only, ending.get(), failure);
    }

    private Outcome onePhaseOutcome(Branch only, Ending ending, Optional<Exception> failure) {
        return switch (ending) {
            case COMMITTED -> {
                only.ended(BranchEnding.COMMITTED);
                yield new Outcome.Committed(id, name, outcomes());
            }
            case ABORTED -> {
                only.ended(BranchEnding.ABORTED);
                engine.noteAborted(id, name);
                yield new Outcome.Aborted(
                        id, name, outcomes(), AbortCause.REFUSED, "\"" + only.name() + "\" refused to commit", failure);
            }
            case UNKNOWN ->
                new Outcome.InDoubt(
                        id,
                        name,
                        outcomes(),
                        "\"" + only.name() + "\" alone knows how it ended, and didn't say",
                        failure);
        };
    }

    /** A resource that settles alone what it alone decides contradicts nobody, unless it settled part of each. */
    private Outcome onePhaseHeuristic(Branch only, HeuristicException heuristic) {
        protocol.take(new CoordinatorStep.GiveUpOnePhase(), new Deciders());
        Telling telling = new Telling(id, name, branches, protocol, engine);
        telling.settledOnePhase(heuristic);
        Told told = telling.awaitAnswers(engine.options().tellTimeout());
        if (told.isContradicted()) {
            return new Outcome.Heuristic(id, name, told.branches(), Ending.UNKNOWN);
        }
        if (heuristic.ending() == BranchEnding.HEURISTIC_COMMITTED) {
            return new Outcome.Committed(id, name, told.branches());
        }
        engine.noteAborted(id, name);
        String reason = "\"" + only.name() + "\" aborted it on its own";
        return new Outcome.Aborted(id, name, told.branches(), AbortCause.REFUSED, reason, Optional.of(heuristic));
    }

    /** The effects of the decision itself. */
    private class Deciders extends Carrier {
        @Override
        public void forceCommitRecord(BranchSet voters) {
            List<String> names = new ArrayList<>(branches.size());
            for (Branch branch : branches) {
                if (voters.contains(branch.number())) {
                    names.add(branch.name());
                }
            }
            engine.log().appendCommit(new CommitRecord(id, name, names));
        }
    }
}
