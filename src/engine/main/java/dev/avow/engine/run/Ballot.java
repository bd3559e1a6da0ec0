package dev.avow.engine.run;

import dev.avow.engine.AbortCause;
import dev.avow.engine.BranchEnding;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.CoordinatorStep;
import dev.avow.protocol.Vote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Phase one: asks every branch for its vote, and stops at the first objection. The abort that follows waits at a branch
 * whose prepare is still under way, until that returns or its time is over. Used once, by one thread.
 */
final class Ballot {
    private final TransactionId id;
    private final String name;
    private final List<Branch> branches;
    private final Protocol protocol;
    private final Engine engine;
    private final Duration within;
    private final Calls<Vote> calls;

    Ballot(TransactionId id, String name, List<Branch> branches, Protocol protocol, Engine engine, Duration within) {
        this.id = id;
        this.name = name;
        this.branches = branches;
        this.protocol = protocol;
        this.engine = engine;
        this.within = within;
        this.calls = new Calls<>(engine, branches.size());
    }

    Optional<Objection> hold() {
        protocol.take(new CoordinatorStep.SendPrepare(), new Prepares());
        calls.begin();
        long deadlineNanos = engine.deadlineNanos(within);
        Optional<Objection> objection = Optional.empty();
        for (int heard = 0; heard < branches.size() && objection.isEmpty(); heard++) {
            boolean here = calls.isNextHere();
            Optional<Reply<Vote>> reply = isInterrupted() ? Optional.empty() : calls.next(deadlineNanos);
            objection = reply.isPresent() ? hear(reply.get()) : Optional.of(silence());
            if (objection.isEmpty() && here && engine.left(deadlineNanos).isZero()) {
                // The thread that should have seen to the time was in that call.
                objection = Optional.of(tooLate());
            }
        }
        if (objection.isEmpty() && isInterrupted()) {
            objection = Optional.of(interrupted());
        }
        if (objection.isPresent()) {
            calls.overtakeAfter(engine.left(deadlineNanos));
        }
        return objection;
    }

    private Optional<Objection> hear(Reply<Vote> reply) {
        Branch branch = reply.branch();
        Vote vote = reply.answer().orElse(Vote.NO);
        branch.voted(vote);
        reply.failure().ifPresent(branch::failed);
        protocol.take(
                new CoordinatorStep.ReceiveVote(branch.number(), vote),
                new Prepares(),
                Optional.of(branch),
                vote.toString());
        if (vote != Vote.NO) {
            return Optional.empty();
        }
        branch.ended(BranchEnding.ABORTED);
        String refused = "\"" + branch.name() + "\" refused";
        boolean asked =
                reply.failure().filter(NotStartedException.class::isInstance).isEmpty();
        return Optional.of(new Objection(
                asked ? AbortCause.REFUSED : AbortCause.NO_THREAD,
                reply.failure()
                        .map(cause -> refused + ": "
                                + Optional.ofNullable(cause.getMessage()).orElse(cause.toString()))
                        .orElse(refused),
                reply.failure()));
    }

    private Objection silence() {
        return isInterrupted()
                ? interrupted()
                : new Objection(AbortCause.VOTE_TIMEOUT, "no vote came from " + silent() + " within " + within);
    }

    private List<String> silent() {
        return branches.stream()
                .filter(branch -> branch.vote().isEmpty())
                .map(Branch::name)
                .toList();
    }

    private static boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }

    private Objection interrupted() {
        List<String> silent = silent();
        return new Objection(
                AbortCause.INTERRUPTED,
                silent.isEmpty()
                        ? "the thread was interrupted before the decision"
                        : "the thread was interrupted while it waited for the votes of " + silent);
    }

    private Objection tooLate() {
        return new Objection(AbortCause.VOTE_TIMEOUT, "the votes took longer than " + within);
    }

    private final class Prepares extends Carrier {
        @Override
        public void prepare(int number) {
            calls.make(new Call<>(branches.get(number), id, name, Ask.PREPARE, engine.observed()));
        }
    }
}
