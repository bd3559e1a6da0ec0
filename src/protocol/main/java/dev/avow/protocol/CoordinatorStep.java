package dev.avow.protocol;

import static dev.avow.protocol.CoordinatorState.ABORTED;
import static dev.avow.protocol.CoordinatorState.COMMITTING;
import static dev.avow.protocol.CoordinatorState.DOWN;
import static dev.avow.protocol.CoordinatorState.FORGOTTEN;
import static dev.avow.protocol.CoordinatorState.ONE_PHASE;
import static dev.avow.protocol.CoordinatorState.PREPARING;
import static dev.avow.protocol.CoordinatorState.WORKING;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * A step of the coordinator: the spec's actions {@code Coordinator…}, under their names and in their order. Presumed abort
 * as Mohan, Lindsay and Obermarck give it ("Transaction Management in the R* Distributed Database Management System",
 * 1986, section 3).
 */
public sealed interface CoordinatorStep {
    boolean isAllowedIn(Coordinator coordinator);

    Transition<Coordinator> takenIn(Coordinator coordinator);

    /** The name of the spec's action. */
    default String action() {
        return "Coordinator" + getClass().getSimpleName();
    }

    /** Asks every participant for its vote. */
    record SendPrepare() implements CoordinatorStep {
        @Override
        public boolean isAllowedIn(Coordinator coordinator) {
            return coordinator.is(WORKING) && coordinator.branches() > 1;
        }

        @Override
        public Transition<Coordinator> takenIn(Coordinator coordinator) {
            return new Transition<>(coordinator.in(PREPARING), toAll(coordinator, Message.Prepare::new));
        }
    }

    /** Hears a vote. The first one counts. */
    record ReceiveVote(int branch, Vote vote) implements CoordinatorStep {
        @Override
        public boolean isAllowedIn(Coordinator coordinator) {
            return coordinator.is(PREPARING) && !coordinator.hasVoted(branch);
        }

        @Override
        public Transition<Coordinator> takenIn(Coordinator coordinator) {
            return Transition.to(coordinator.withVote(branch, vote));
        }
    }

    /** Decides to commit. */
    record DecideCommit() implements CoordinatorStep {
        @Override
        public boolean isAllowedIn(Coordinator coordinator) {
            // No vote is missing and none is no: whoever hasn't promised may have aborted. (Agreement)
            return coordinator.is(PREPARING)
                    && coordinator.nobodyRefuses()
                    && !coordinator.yes().isEmpty();
        }

        @Override
        public Transition<Coordinator> takenIn(Coordinator coordinator) {
            // Forced before any Commit leaves: a restarted coordinator must remember. (DecisionDurable)
            return Transition.to(
                    coordinator.committing(coordinator.yes()),
                    new Effect.ForceCommitRecord(coordinator.yes()),
                    new Effect.Tell(Ending.COMMITTED));
        }
    }

    /** The log has refused the record of a step, since a later incarnation has opened it: that one goes on. (Fenced) */
    record Refused() implements CoordinatorStep {
        @Override
        public boolean isAllowedIn(Coordinator coordinator) {
            return new DecideCommit().isAllowedIn(coordinator) || new Forget().isAllowedIn(coordinator);
        }

        @Override
        public Transition<Coordinator> takenIn(Coordinator coordinator) {
            return Transition.to(coordinator.in(DOWN), new Effect.Tell(Ending.UNKNOWN));
        }
    }

    /** Nobody has anything to commit: nothing is written and nobody needs to be told. */
    record DecideReadOnly() implements CoordinatorStep {
        @Override
        public boolean isAllowedIn(Coordinator coordinator) {
            return coordinator.is(PREPARING)
                    && coordinator.nobodyRefuses()
                    && coordinator.yes().isEmpty();
        }

        @Override
        public Transition<Coordinator> takenIn(Coordinator coordinator) {
            return Transition.to(coordinator.in(FORGOTTEN), new Effect.Tell(Ending.COMMITTED));
        }
    }

    /** Decides to abort: by the application's wish, a vote no, or a vote that is late. */
    record DecideAbort() implements CoordinatorStep {
        @Override
        public boolean isAllowedIn(Coordinator coordinator) {
            return coordinator.is(WORKING) || coordinator.is(PREPARING);
        }

        @Override
        public Transition<Coordinator> takenIn(Coordinator coordinator) {
            // Nothing is written: no record means abort. (PresumedAbort)
            List<Effect> effects = new ArrayList<>();
            effects.add(new Effect.Tell(Ending.ABORTED));
            effects.addAll(toAll(coordinator, Message.Abort::new));
            return new Transition<>(coordinator.in(ABORTED), effects);
        }
    }

    /** Tells the commit to whoever hasn't acknowledged it; repeated until all have. */
    record SendCommit() implements CoordinatorStep {
        @Override
        public boolean isAllowedIn(Coordinator coordinator) {
            return coordinator.is(COMMITTING) && !coordinator.acks().containsAll(coordinator.committing());
        }

        @Override
        public Transition<Coordinator> takenIn(Coordinator coordinator) {
            return new Transition<>(coordinator, toEach(coordinator, coordinator::isUntold, Message.Commit::new));
        }
    }

    /** Hears that a participant has durably committed. */
    record ReceiveAck(int branch) implements CoordinatorStep {
        @Override
        public boolean isAllowedIn(Coordinator coordinator) {
            // Only a branch of the record counts: a readOnly vote is no acknowledgement. (ForgetAfterAcks)
            return coordinator.is(COMMITTING)
                    && coordinator.committing().contains(branch)
                    && !coordinator.acks().contains(branch);
        }

        @Override
        public Transition<Coordinator> takenIn(Coordinator coordinator) {
            return Transition.to(coordinator.withAck(branch));
        }
    }

    /** Forgets the transaction. */
    record Forget() implements CoordinatorStep {
        @Override
        public boolean isAllowedIn(Coordinator coordinator) {
            // From here on an inquiry hears the presumption: nobody may be left who could ask. (ForgetAfterAcks)
            return coordinator.is(COMMITTING) && coordinator.acks().containsAll(coordinator.committing());
        }

        @Override
        public Transition<Coordinator> takenIn(Coordinator coordinator) {
            return Transition.to(coordinator.in(FORGOTTEN), new Effect.AppendEndRecord());
        }
    }

    /** Answers an inquiry. */
    record Answer(int branch) implements CoordinatorStep {
        @Override
        public boolean isAllowedIn(Coordinator coordinator) {
            // A transaction that is still being decided gets no answer, least of all the presumption.
            // (AnswerOnlyDecided)
            return coordinator.presumesAbort()
                    || (coordinator.is(COMMITTING) && coordinator.committing().contains(branch));
        }

        @Override
        public Transition<Coordinator> takenIn(Coordinator coordinator) {
            Message answer = coordinator.is(COMMITTING) ? new Message.Commit(branch) : new Message.Abort(branch);
            return Transition.to(coordinator, new Effect.Send(answer));
        }
    }

    /** Hears that a participant has decided alone, and otherwise than the coordinator. */
    record ReceiveDamage(int branch) implements CoordinatorStep {
        @Override
        public boolean isAllowedIn(Coordinator coordinator) {
            return coordinator.isDecided() && !coordinator.reported().contains(branch);
        }

        @Override
        public Transition<Coordinator> takenIn(Coordinator coordinator) {
            // Durable before the participant may drop its evidence. (HeuristicReported)
            return Transition.to(coordinator.withReport(branch), new Effect.ForceReport(branch));
        }
    }

    /** Lets a participant drop the evidence of a contradiction that is reported. */
    record SendForget(int branch) implements CoordinatorStep {
        @Override
        public boolean isAllowedIn(Coordinator coordinator) {
            return coordinator.isDecided() && coordinator.reported().contains(branch);
        }

        @Override
        public Transition<Coordinator> takenIn(Coordinator coordinator) {
            return Transition.to(coordinator, new Effect.Send(new Message.Forget(branch)));
        }
    }

    /** Hands the decision to the only participant. */
    record SendOnePhase() implements CoordinatorStep {
        @Override
        public boolean isAllowedIn(Coordinator coordinator) {
            return coordinator.is(WORKING) && coordinator.branches() == 1;
        }

        @Override
        public Transition<Coordinator> takenIn(Coordinator coordinator) {
            return new Transition<>(coordinator.in(ONE_PHASE), toAll(coordinator, Message.OnePhase::new));
        }
    }

    /** Hears how the only participant has decided. */
    record ReceiveEnded(int branch, Ending ending) implements CoordinatorStep {
        @Override
        public boolean isAllowedIn(Coordinator coordinator) {
            return coordinator.is(ONE_PHASE);
        }

        @Override
        public Transition<Coordinator> takenIn(Coordinator coordinator) {
            return Transition.to(coordinator.in(FORGOTTEN), new Effect.Tell(ending));
        }
    }

    /** Waits no longer for the only participant, which alone knows the outcome. */
    record GiveUpOnePhase() implements CoordinatorStep {
        @Override
        public boolean isAllowedIn(Coordinator coordinator) {
            return coordinator.is(ONE_PHASE);
        }

        @Override
        public Transition<Coordinator> takenIn(Coordinator coordinator) {
            return Transition.to(coordinator.in(FORGOTTEN), new Effect.Tell(Ending.UNKNOWN));
        }
    }

    private static List<Effect> toAll(Coordinator coordinator, IntFunction<Message> message) {
        return toEach(coordinator, branch -> true, message);
    }

    private static List<Effect> toEach(Coordinator coordinator, IntPredicate whom, IntFunction<Message> message) {
        Effect[] effects = new Effect[coordinator.branches()];
        int count = 0;
        for (int branch = 0; branch < effects.length; branch++) {
            if (whom.test(branch)) {
                effects[count++] = new Effect.Send(message.apply(branch));
            }
        }
        return List.of(Arrays.copyOf(effects, count));
    }
}
